/**
 * The most jobs that are looked at: the place of one behind them is unknown. One in front of a
 * million cannot use its number, and Redis answers nobody else meanwhile.
 */
export const mostPlaces = 100_000

/**
 * The places of jobs that wait, in one moment. KEYS: the lists `wait` and `paused`, and the set
 * `prioritized`. ARGV: the most to look at, then the ids. Answers a place for each; 0: unknown.
 *
 * [BullMQ, moveToActive] The next job is the last one of the list, and those with a priority come
 * after all of the list, by their scores.
 */
export const positionsScript = `
local most = tonumber(ARGV[1])
local placeOf = {}
for index = 2, #ARGV do placeOf[ARGV[index]] = 0 end
local place = 0
for list = 1, 2 do
  local ids = redis.call('LRANGE', KEYS[list], -most, -1)
  for index = #ids, 1, -1 do
    local id = ids[index]
    -- A marker of earlier versions is no job.
    if string.sub(id, 1, 2) ~= '0:' then
      place = place + 1
      if placeOf[id] then placeOf[id] = place end
    end
  end
end
local count = redis.call('ZCARD', KEYS[3])
local places = {}
for index = 2, #ARGV do
  local id = ARGV[index]
  if placeOf[id] == 0 and count > 0 and place < most then
    local rank = redis.call('ZRANK', KEYS[3], id)
    if rank then placeOf[id] = place + rank + 1 end
  end
  places[index - 1] = placeOf[id]
end
return places`

/** The places by id, from an answer of the script. */
export function toPositions(ids: readonly string[], answer: unknown): Map<string, number> {
  const places = Array.isArray(answer) ? answer.map(Number) : []
  return new Map(
    ids.map((id, index) => [id, places[index] ?? 0] as const).filter(([, at]) => at > 0),
  )
}
