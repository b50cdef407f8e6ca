import { followQueue } from '../../src/observe/follow-queue.ts'
import type { FollowedQueue } from '../../src/observe/following.ts'
import { type JobReading, toReading } from '../../src/observe/job-reading.ts'
import type { ObservedRun } from '../../src/observe/observed-store.ts'
import { type QueueEvent, toQueueEvent } from '../../src/observe/queue-event.ts'
import type { QueueReader, WantedJob } from '../../src/observe/queue-reader.ts'
import { noLabels } from '../../src/runs/labels.ts'
import { quiet } from './quiet.ts'

/** A queue in memory, as BullMQ keeps it: its jobs, and its events, which may be trimmed. */
export class MemoryQueue {
  readonly asked: WantedJob[] = []
  lists = 0
  readonly #jobs = new Map<string, JobReading>()
  #events: QueueEvent[] = []
  #number = 0

  add(id: string, more: Partial<JobReading> = {}, tells = true): void {
    const values = [null, null, 'name', '{}', '1000'] as const
    this.#jobs.set(id, { ...toReading(['waiting', ...values]), data: '{}', ...more })
    if (tells) this.tell('added', id, 'name', 'name')
  }
  end(id: string, place: 'completed' | 'failed', returnvalue: string | null = null): void {
    const job = this.#jobs.get(id)
    if (job) Object.assign(job, { place, finishedOn: 2_000, begun: 1, made: 1, returnvalue })
    this.tell(place, id)
  }
  /** Without an event, as when a queue is drained. */
  remove(id: string): void {
    this.#jobs.delete(id)
  }
  tell(event: string, jobId?: string, ...more: string[]): void {
    this.#number += 1
    const pairs = ['event', event, ...(jobId === undefined ? [] : ['jobId', jobId]), ...more]
    this.#events.push(toQueueEvent([`${1_000 + this.#number}-0`, pairs]))
  }
  /** Forgets all events but the newest. */
  trim(): void {
    this.tell('drained')
    this.#events = this.#events.slice(-1)
  }
  last(): string {
    return this.#events.at(-1)?.at ?? '0-0'
  }

  readonly reader: Omit<QueueReader, 'names' | 'untilMore' | 'wake' | 'lastLines'> = {
    events: async (_, after, most) => {
      const index = this.#events.findIndex(({ at }) => at === after)
      const rest = this.#events.filter(
        ({ at }) => Number(at.slice(0, -2)) > Number(after.slice(0, -2)),
      )
      return { isWhole: index >= 0, last: this.last(), events: rest.slice(0, most) }
    },
    jobs: async (_, wanted) => {
      this.asked.push(...wanted)
      const read = ({ id, data }: WantedJob): JobReading | null => {
        const job = this.#jobs.get(id)
        return job && !data ? { ...job, data: null } : (job ?? null)
      }
      return { last: this.last(), jobs: wanted.map(read) }
    },
    count: async () => [...this.#jobs.values()].filter(({ finishedOn }) => !finishedOn).length,
    list: (_, endedAfterMs) => {
      this.lists += 1
      const isListed = ({ finishedOn }: JobReading): boolean =>
        finishedOn === null || finishedOn >= endedAfterMs
      const ids = [...this.#jobs].flatMap(([id, job]) => (isListed(job) ? [id] : []))
      return (async function* () {
        yield ids
      })()
    },
  }
}

/** Runs in memory. */
export class MemoryStore {
  isHeld = true
  /** The job whose run is refused, as PostgreSQL refuses a NUL in a text. */
  refused: string | null = null
  refusedOutput: string | null = null
  toCancel: string[] = []
  writes = 0
  readonly cursors: (string | null)[] = []
  readonly runs: Map<
    string,
    Pick<ObservedRun, 'status' | 'finishedMs' | 'place'> & Partial<ObservedRun>
  > = new Map()

  get cursor(): string | null {
    return this.cursors.findLast((cursor) => cursor !== null) ?? null
  }
  /** A run that was started from a page. */
  start(id: string): void {
    this.runs.set(id, { status: 'pending', finishedMs: null, place: '' })
  }
  async write(
    _: unknown,
    runs: readonly ObservedRun[],
    cursor: string | null,
  ): Promise<string[] | null> {
    const isRefused = ({ jobId, output }: ObservedRun): boolean =>
      jobId === this.refused || (output !== null && output === this.refusedOutput)
    if (runs.some(isRefused)) {
      throw Object.assign(new Error('invalid byte sequence'), { code: '22021' })
    }
    this.writes += 1
    if (!this.isHeld) return null
    for (const run of runs) {
      const isGone = run.status === 'removed' || run.status === 'not_found'
      // An end that was told before counts.
      const hasEnded = (this.runs.get(run.jobId)?.finishedMs ?? null) !== null
      const isNew = !this.runs.has(run.jobId)
      if (!(isGone && hasEnded) && !(isNew && run.origin === null)) this.runs.set(run.jobId, run)
    }
    this.cursors.push(cursor)
    return this.toCancel
  }
  async queues(): Promise<string[]> {
    return []
  }
  async readUnfinished(
    _: string,
    afterId: string | null,
  ): Promise<{ id: string; jobId: string }[]> {
    const ids = [...this.runs].flatMap(([id, { finishedMs }]) => (finishedMs === null ? [id] : []))
    const page = ids.toSorted().filter((id) => afterId === null || id > afterId)
    return page.slice(0, 500).map((id) => ({ id, jobId: id }))
  }
  async countUnfinished(): Promise<number> {
    return [...this.runs.values()].filter(({ finishedMs }) => finishedMs === null).length
  }
}

/** A queue that is followed, all in memory. */
export function startFollowing(held: { cursor?: string; readAt?: number; sinceMs?: number } = {}): {
  queue: MemoryQueue
  store: MemoryStore
  followed: FollowedQueue
  stopped: string[]
  /** The status of each run, by the id of its job. */
  shown(): Record<string, string>
} {
  const { cursor = null, readAt = null, sinceMs = 0 } = held
  const [queue, store] = [new MemoryQueue(), new MemoryStore()]
  const stopped: string[] = []
  const origin = { name: 'name', owner: null, readers: null, labels: noLabels }
  const followed = followQueue(
    'q',
    { queue: 'bull:q', term: '1', cursor, readAt },
    {
      reader: queue.reader as QueueReader,
      store,
      showing: { progress: null, toShownError: (text) => text, maxOutputBytes: 1_000 },
      toRunId: (id) => id,
      toOrigin: () => origin,
      toUnknownOrigin: () => origin,
      stop: (id) => void stopped.push(id),
      wantsLog: false,
      logger: quiet,
      now: () => 3_000,
    },
    sinceMs,
  )
  const shown = (): Record<string, string> =>
    Object.fromEntries([...store.runs].map(([id, { status }]) => [id, status]))
  return { queue, store, followed, stopped, shown }
}
