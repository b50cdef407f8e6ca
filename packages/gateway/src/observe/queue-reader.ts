import { type JobAnswer, type JobReading, jobFields, toReading } from './job-reading.ts'
import { type QueueEvent, toQueueEvent } from './queue-event.ts'
import type { RedisClient } from './redis-client.ts'

/** Reads of the queues of one prefix. */
export interface QueueReader {
  /** The names of all queues. */
  names(): Promise<string[]>
  /**
   * Up to `most` events after a place. `isWhole`: none between are missing. `last`: the newest
   * place.
   */
  events(
    queue: string,
    after: string,
    most: number,
  ): Promise<{ isWhole: boolean; last: string; events: QueueEvent[] }>
  /** Jobs as they are now, in the order of their ids; `null`: not in the queue. */
  jobs(
    queue: string,
    wanted: readonly WantedJob[],
    wantsLog: boolean,
  ): Promise<{ last: string; jobs: (JobReading | null)[] }>
  /** The ids of all jobs that have not ended, or not before a time; some of them twice. */
  list(queue: string, endedAfterMs: number): AsyncGenerator<string[]>
  /** How many jobs have not ended. */
  count(queue: string): Promise<number>
  /**
   * Digests of the last log lines of active jobs that have some: of so many jobs of the list, from
   * a place on. `isLast`: there are no more.
   */
  lastLines(
    queue: string,
    from: number,
    most: number,
  ): Promise<{ isLast: boolean; lines: LastLine[] }>
  /**
   * Waits until a queue has events after its place, at most so long. Resolves with the queues that
   * may have some.
   */
  untilMore(places: ReadonlyMap<string, string>, waitMs: number): Promise<string[]>
  /** Ends that wait now, if it can be ended. */
  wake(): void
}

/** The last line of a job's log. */
export interface LastLine {
  id: string
  digest: string
}

/** A job to read. */
export interface WantedJob {
  id: string
  /** Its data is wanted, too. */
  data: boolean
}

/** The size of a page of a list, and its overlap with the last: jobs leave lists meanwhile. */
const [pageSize, overlap] = [5_000, 500]

/** The lists and sets of jobs that have not ended. */
const lists = ['wait', 'paused', 'active']
const sets = ['delayed', 'prioritized', 'waiting-children']

/** Reads of the queues of a prefix, as BullMQ 5 and 6 keep them. */
export function createQueueReader(redis: RedisClient, prefix: string): QueueReader {
  const key = (queue: string, part: string): string => `${prefix}:${queue}:${part}`
  const page = async (of: string, command: string, ...rest: (string | number)[]) =>
    (await redis.run('call', [of], [command, ...rest])) as string[]

  /** The members of a sorted set, by their scores: what leaves it meanwhile hides no other. */
  async function* members(of: string, least: string | number): AsyncGenerator<string[]> {
    for (let from = least; ; ) {
      const found = await page(
        of,
        'ZRANGEBYSCORE',
        from,
        '+inf',
        'WITHSCORES',
        'LIMIT',
        0,
        pageSize,
      )
      const ids = found.filter((_, index) => index % 2 === 0)
      if (ids.length > 0) yield ids
      const newest = found.at(-1) ?? ''
      if (ids.length < pageSize) return
      // As many of one score as a page holds: the rest of them are left for their next event.
      from = newest === String(from) ? `(${newest}` : newest
    }
  }

  return {
    async names() {
      const pattern = `${prefix.replace(/[\\*?[\]]/g, '\\$&')}:*:meta`
      const keys = await redis.keys(pattern)
      const names = keys.map((found) => found.slice(prefix.length + 1, -':meta'.length))
      return names.filter((name) => !name.includes(':')).sort()
    },
    async events(queue, after, most) {
      const answer = await redis.run('readEvents', [key(queue, 'events')], [after, most])
      const [isThere, last, entries] = answer as [number, string, [string, string[]][]]
      return { isWhole: isThere === 1, last, events: entries.map(toQueueEvent) }
    },
    async jobs(queue, wanted, wantsLog) {
      const parts = ['events', 'active', 'completed', 'failed', 'delayed', 'waiting-children']
      const keys = [...parts, ...wanted.map(({ id }) => id)].map((part) => key(queue, part))
      const asked = wanted.flatMap(({ id, data }) => [id, data ? 1 : 0])
      const args = [jobFields.length, ...jobFields, wantsLog ? 1 : 0, ...asked]
      const answer = await redis.run('readJobs', keys, args)
      const [last, jobs] = answer as [string, (JobAnswer | 0)[]]
      return { last, jobs: jobs.map((job) => (job === 0 ? null : toReading(job))) }
    },
    async count(queue) {
      const sizes = await Promise.all([
        ...lists.map((list) => redis.run('call', [key(queue, list)], ['LLEN'])),
        ...sets.map((set) => redis.run('call', [key(queue, set)], ['ZCARD'])),
      ])
      return sizes.reduce<number>((sum, size) => sum + Number(size), 0)
    },
    async lastLines(queue, from, most) {
      const answer = await redis.run(
        'readLastLines',
        [key(queue, 'active')],
        [key(queue, ''), from, most],
      )
      const [count, pairs] = answer as [number, [id: string, digest: string][]]
      return { isLast: count < most, lines: pairs.map(([id, digest]) => ({ id, digest })) }
    },
    async *list(queue, endedAfterMs) {
      for (const list of lists) {
        for (let from = 0; ; from += pageSize - overlap) {
          const ids = await page(key(queue, list), 'LRANGE', from, from + pageSize - 1)
          // [BullMQ, addBaseMarkerIfNeeded] a marker of earlier versions is no job.
          const jobs = ids.filter((id) => !id.startsWith('0:'))
          if (jobs.length > 0) yield jobs
          if (ids.length < pageSize) break
        }
      }
      for (const set of sets) yield* members(key(queue, set), '-inf')
      for (const set of ['completed', 'failed']) yield* members(key(queue, set), endedAfterMs)
    },
    async untilMore(places, waitMs) {
      const byKey = new Map([...places.keys()].map((queue) => [key(queue, 'events'), queue]))
      const streams = new Map([...places].map(([queue, at]) => [key(queue, 'events'), at]))
      const found = await redis.untilMore(streams, waitMs)
      return found.map((stream) => byKey.get(stream) ?? '')
    },
    wake: () => redis.wake(),
  }
}
