import { positionsScript } from '../engines/positions-script.ts'
import { cancelScript } from './cancel-mark.ts'

/**
 * The scripts that read queues. Each is one moment: what it answers was true at the same time.
 */
export const scripts = {
  /**
   * Events after a place. KEYS: the stream. ARGV: the place, and how many. Answers whether the
   * place is still there, so that none after it can be missing; the newest place; the events.
   */
  readEvents: `
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local last = newest[1] and newest[1][1] or '0-0'
local isThere = #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) > 0
local found = redis.call('XREAD', 'COUNT', ARGV[2], 'STREAMS', KEYS[1], ARGV[1])
return { isThere and 1 or 0, last, found and found[1] and found[1][2] or {} }`,

  /**
   * Jobs as they are now. KEYS: the stream of events, the list of active jobs, the sets of
   * completed, failed, delayed ones and of those that wait for children, then the jobs. ARGV: how
   * many fields, the fields, whether the last log line is wanted, then for each job its id and
   * whether its data is wanted. Answers the newest place in the stream, and the jobs; 0: not there.
   */
  readJobs: `
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local isActive = {}
for _, id in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do isActive[id] = true end
local count = tonumber(ARGV[1])
local fields = {}
for field = 1, count do fields[field] = ARGV[1 + field] end
local wantsLog = ARGV[count + 2] == '1'
local jobs = {}
for job = 1, #KEYS - 6 do
  local key = KEYS[6 + job]
  local id = ARGV[count + 1 + 2 * job]
  local wantsData = ARGV[count + 2 + 2 * job] == '1'
  local values = redis.call('HMGET', key, unpack(fields))
  if values[1] == false and values[3] == false then
    jobs[job] = 0
  else
    local place = 'waiting'
    if isActive[id] then place = 'active'
    elseif redis.call('ZSCORE', KEYS[3], id) then place = 'completed'
    elseif redis.call('ZSCORE', KEYS[4], id) then place = 'failed'
    elseif redis.call('ZSCORE', KEYS[5], id) then place = 'delayed'
    elseif redis.call('ZSCORE', KEYS[6], id) then place = 'waiting-children' end
    local log = wantsLog and redis.call('LRANGE', key .. ':logs', -1, -1)[1] or false
    local answer = { place, wantsData and redis.call('HGET', key, 'data') or false, log }
    for field = 1, count do answer[3 + field] = values[field] end
    jobs[job] = answer
  end
end
return { newest[1] and newest[1][1] or '0-0', jobs }`,

  /**
   * The last log lines of active jobs. KEYS: the list of active jobs. ARGV: the beginning of the
   * keys of jobs, the place in the list to begin at, and how many jobs. Answers how many there
   * were, and for each with a log its id and the digest of its last line.
   */
  readLastLines: `
local from = tonumber(ARGV[2])
local ids = redis.call('LRANGE', KEYS[1], from, from + tonumber(ARGV[3]) - 1)
local found = {}
for _, id in ipairs(ids) do
  local line = redis.call('LRANGE', ARGV[1] .. id .. ':logs', -1, -1)[1]
  if line then found[#found + 1] = { id, redis.sha1hex(line) } end
end
return { #ids, found }`,

  mark: cancelScript as string,

  positions: positionsScript as string,

  /** One command on one key. KEYS: the key. ARGV: the command, and what follows the key. */
  call: `return redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))`,
} as const
