import { isDataFault } from '../postgres/failures.ts'
import type { FollowedQueue, Following } from './following.ts'
import type { JobReading } from './job-reading.ts'
import { createLogLookout } from './log-lookout.ts'
import { type Observation, observe, observeGone, observeTold } from './observation.ts'
import { type HeldQueue, type ObservedRun, unfinishedPage } from './observed-store.ts'
import { foldEvents, nothing, type QueueEvent, type Told } from './queue-event.ts'

/** The sizes of a read of events, and of one of jobs. */
const [eventsAtOnce, jobsAtOnce] = [1_000, 100]

/** The maximum number of jobs that are known to have a run. */
const maxKnown = 100_000

/** Before the time of the last event, in milliseconds: clocks of workers differ from Redis's. */
const slackMs = 60_000

/**
 * Follows a queue from its cursor on. Events are hints: each job that they name is read, and what
 * is read is written with the cursor in one statement. If events may be missing, all is read again.
 *
 * @param sinceMs jobs that ended before are not read when the queue is new
 */
export function followQueue(
  name: string,
  held: HeldQueue,
  parts: Following,
  sinceMs: number,
): FollowedQueue {
  const { reader, store, showing, logger } = parts
  const { queue, term } = held
  let cursor = held.cursor
  /** When events were read last, in epoch milliseconds; `null`: never. */
  let readMs = held.readAt
  let isLost = false
  /** The sweep goes on after this run. */
  let sweptTo: string | null = null
  /** Jobs whose run is written, and when they were added: their data is not read again. */
  const known = new Map<string, number>()
  const lookout = createLogLookout(reader, name, parts.now)

  const write = async (runs: ObservedRun[], next: string | null): Promise<void> => {
    if (isLost) return
    try {
      const toCancel = await store.write({ queue, term, cursor }, runs, next)
      if (toCancel === null) isLost = true
      else for (const jobId of toCancel) parts.stop(jobId)
    } catch (error) {
      if (!isDataFault(error)) throw error
      logger.error({ err: error, queue, jobs: runs.length }, 'observed jobs could not be stored')
      // The data of one job must not hold up the others, nor its result its end.
      if (runs.length > 1) for (const run of runs) await write([run], null)
      else for (const run of runs.flatMap(withoutOutput)) await write([run], null)
      if (next !== null && !isLost) await store.write({ queue, term, cursor }, [], next)
    }
  }
  const toRun = (jobId: string, job: JobReading, at: string): ObservedRun => {
    const observation = observe(job, at, showing)
    const origin = job.data === null ? null : parts.toOrigin(jobId, job)
    return { ...observation, id: parts.toRunId(jobId), jobId, origin }
  }
  /** Reads jobs, and the data of those that are new. */
  const readWith = async (ids: readonly string[], isNew: (id: string) => boolean) => {
    const read = (data: (id: string) => boolean) =>
      reader.jobs(
        name,
        ids.map((id) => ({ id, data: data(id) })),
        parts.wantsLog,
      )
    const found = await read(isNew)
    const isOther = (id: string, job: JobReading | null | undefined): boolean =>
      !isNew(id) && job != null && job.timestamp !== known.get(id)
    // Added under an id of before, and its event is still to come: perhaps another user's.
    return ids.some((id, index) => isOther(id, found.jobs[index])) ? read(() => true) : found
  }
  /** Reads and writes jobs. Resolves with those that are not there and that no event has ended. */
  const readJobs = async (
    told: ReadonlyMap<string, Told>,
    gone: Observation | null = null,
    next: string | null = null,
  ): Promise<string[]> => {
    const missing: string[] = []
    const ids = [...told.keys()]
    for (let from = 0; from < ids.length && !isLost; from += jobsAtOnce) {
      const chunk = ids.slice(from, from + jobsAtOnce)
      const isLast = from + jobsAtOnce >= ids.length
      const isNew = (id: string): boolean => !known.has(id) || told.get(id)?.addedAt != null
      const { last, jobs } = await readWith(chunk, isNew)
      const runs: ObservedRun[] = []
      for (const [index, jobId] of chunk.entries()) {
        const [job, events = nothing] = [jobs[index], told.get(jobId)]
        if (job) {
          runs.push(toRun(jobId, job, last))
          continue
        }
        const seen = observeTold(events, showing)
        const origin = seen && parts.toUnknownOrigin(events.name)
        const state = seen ?? gone
        if (state) runs.push({ ...state, id: parts.toRunId(jobId), jobId, origin })
        else missing.push(jobId)
      }
      await write(runs, isLast ? next : null)
      // Not before: the data of one that is not written yet is needed again.
      for (const { jobId, isRead, createdMs, finishedMs } of runs) {
        known.delete(jobId)
        if (isRead && createdMs !== null && finishedMs === null && known.size < maxKnown)
          known.set(jobId, createdMs)
      }
    }
    return missing
  }
  /** Writes the jobs of some events, and the place after these. */
  const moveTo = async (next: string, events: readonly QueueEvent[] = []): Promise<void> => {
    const told = foldEvents(events)
    if (told.size > 0) await readJobs(told, null, next)
    else await write([], next)
    if (isLost) return
    cursor = next
    readMs = parts.now()
  }
  /** The runs of the queue that have not ended, page by page. */
  const readUnfinished = async (): Promise<string[]> => {
    const missing: string[] = []
    for (let after: string | null = null; !isLost; ) {
      const page = await store.readUnfinished(queue, after)
      missing.push(...(await readJobs(new Map(page.map(({ jobId }) => [jobId, nothing])))))
      after = page.at(-1)?.id ?? null
      if (page.length < unfinishedPage) break
    }
    return missing
  }
  /** An end of a missing job may be among the events that are not read yet: these come first. */
  const endMissing = async (missing: readonly string[], isWhole: boolean): Promise<void> => {
    if (missing.length === 0) return
    // Those that are not there any more may have told of an end.
    const isKnown = (await readEvents()) && isWhole
    // As of these events: one that is added again since has others.
    const gone = observeGone(cursor ?? start, isKnown, parts.now())
    await readJobs(new Map(missing.map((jobId) => [jobId, nothing])), gone)
  }
  const readEvents = async (): Promise<boolean> => {
    while (!isLost && cursor !== null) {
      const found = await reader.events(name, cursor, eventsAtOnce)
      if (!found.isWhole && (cursor !== start || found.events.length > 0)) return false
      if (found.events.length === 0) return true
      const isLast = found.events.length < eventsAtOnce
      await moveTo(found.events.at(-1)?.at ?? cursor, found.events)
      // Runs may have left the queue with it, without an event of their own.
      if (found.events.some(({ event }) => event === 'cleaned'))
        await endMissing(await readUnfinished(), true)
      if (isLast) return true
    }
    return true
  }
  const readAll = async (): Promise<void> => {
    logger.info({ queue }, 'all jobs of an observed queue are read')
    let place = start
    // Others may have their ids by now.
    known.clear()
    // What is left of the stream tells how jobs ended that are gone.
    for (;;) {
      const { events, last } = await reader.events(name, place, eventsAtOnce)
      if (events.length === 0) {
        place = last
        break
      }
      await readJobs(foldEvents(events))
      place = events.at(-1)?.at ?? place
    }
    // What ended earlier has its run, or had it for as long as ended runs are kept.
    const endedAfterMs = readMs === null ? sinceMs : Math.max(sinceMs, readMs - slackMs)
    for await (const ids of reader.list(name, endedAfterMs)) {
      await readJobs(new Map(ids.map((id) => [id, nothing])))
      if (isLost) return
    }
    const missing = await readUnfinished()
    await moveTo(place)
    await endMissing(missing, false)
  }

  return {
    term,
    place: () => cursor ?? start,
    isLost: () => isLost,
    async advance() {
      if (cursor === null || !(await readEvents())) await readAll()
    },
    async readLogs() {
      if (!parts.wantsLog || isLost) return
      await lookout.look((jobIds) => readJobs(new Map(jobIds.map((id) => [id, nothing]))))
    },
    async sweep() {
      if (cursor === null) return
      // The queue first: what is added in between has no row yet.
      const inQueue = await reader.count(name)
      // Some end while they are counted.
      if ((await store.countUnfinished(queue)) > 1.05 * inQueue + unfinishedPage / 10) {
        await endMissing(await readUnfinished(), true)
        return
      }
      const page = await store.readUnfinished(queue, sweptTo)
      sweptTo = page.length < unfinishedPage ? null : (page.at(-1)?.id ?? null)
      await endMissing(await readJobs(new Map(page.map(({ jobId }) => [jobId, nothing]))), true)
    },
  }
}

/** A run that could not be stored, without its result; none if it has no result to leave out. */
function withoutOutput(run: ObservedRun): ObservedRun[] {
  if (run.output === null || run.output === 'null') return []
  return [{ ...run, output: 'null', message: 'Its result cannot be stored, and is not shown' }]
}

/** The place before all events. */
export const start = '0-0'
