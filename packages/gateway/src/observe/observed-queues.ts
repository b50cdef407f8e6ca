import { isRecord, parseJson } from '@headway/core/protocol'
import { runIdOf } from '@headway/core/queues'
import type { Logger } from 'pino'
import { boundText } from '../bound-text.ts'
import { maxTitleChars, noLabels, toLabels } from '../runs/labels.ts'
import type { JobReading } from './job-reading.ts'
import type { ShownProgress } from './observation.ts'
import type { Origin } from './observed-store.ts'

/** A job of an observed queue, as the functions of `bullmqQueues()` get it. */
export interface ObservedJob {
  id: string
  queue: string
  /** The name that it was added under. */
  name: string
  /** The data that it was added with. */
  // biome-ignore lint/suspicious/noExplicitAny: the queue's own data, which this gateway knows not
  data: any
}

/** Queues that a gateway observes, by `bullmqQueues()`. */
export interface ObservedQueues {
  readonly prefix: string
  /** Its options, with their defaults; of a type that needs no package of a queue. */
  readonly options: {
    readonly connection: object
    readonly queues: '*' | readonly (string | RegExp)[]
    readonly public: boolean
    readonly logs: boolean
    readonly owner?: (job: ObservedJob) => string | null | undefined
    readonly name?: (job: ObservedJob) => string
    readonly title?: (job: ObservedJob) => string | null | undefined
    readonly tags?: (job: ObservedJob) => readonly string[] | null | undefined
    readonly progress?: (value: unknown) => Partial<ShownProgress> | number | string | null
  }
}

/** The maximum length of a run's name, in UTF-16 units. */
const maxNameChars = 256

/** The queue of this name is among those to observe. Pure. */
export function isWanted({ options: { queues } }: ObservedQueues, name: string): boolean {
  if (queues === '*') return true
  // A pattern with the flag g would remember where it stopped.
  return queues.some((one) => (typeof one === 'string' ? one === name : name.search(one) >= 0))
}

/** The name of a queue in the rows of its runs. */
export const toQueueOf = ({ prefix }: ObservedQueues, name: string): string => `${prefix}:${name}`

/** The name of a queue that rows have; `null`: it has another prefix. Pure. */
export function toNameOf({ prefix }: ObservedQueues, queue: string): string | null {
  const name = queue.slice(prefix.length + 1)
  return queue === `${prefix}:${name}` && name !== '' && !name.includes(':') ? name : null
}

/** The run ids of a queue's jobs. */
export const toRunIdOf =
  ({ prefix }: ObservedQueues, queue: string) =>
  (id: string): string =>
    runIdOf({ prefix, queue, id })

/**
 * The owner and the name of a job's run, as the app says; errors of the app are logged.
 *
 * @param hasAuth `false`: all callers are anonymous, and only those of this machine
 */
export function toOrigin(
  { options }: ObservedQueues,
  queue: string,
  id: string,
  job: Pick<JobReading, 'name' | 'data'>,
  hasAuth: boolean,
  logger: Logger,
): Origin {
  const observed = { id, queue, name: job.name, data: job.data === null ? {} : parseJson(job.data) }
  const ask = <T>(option: string, of: ((job: ObservedJob) => T) | undefined): T | undefined => {
    try {
      return of?.(observed)
    } catch (error) {
      logger.warn({ err: error, queue, jobId: id }, `${option} of an observed job failed`)
      return undefined
    }
  }
  const owner = ask('owner', options.owner)
  const isOwned = owner !== undefined && owner !== null && !String(owner).includes('\0')
  const name = String(ask('name', options.name) ?? job.name)
  const title = ask('title', options.title)
  const labels = toLabels({
    title: title ? boundText(String(title), maxTitleChars) : null,
    tags: ask('tags', options.tags) ?? null,
  })
  if (typeof labels === 'string') {
    logger.warn({ queue, jobId: id }, `an observed job has no title and no tags: ${labels}`)
  }
  return {
    name: boundText(name, maxNameChars) || queue,
    owner: isOwned ? String(owner) : null,
    readers: isOwned || !hasAuth ? null : options.public ? 'everyone' : 'admins',
    labels: typeof labels === 'string' ? noLabels : labels,
  }
}

/** The progress by the app's function; its errors are logged, and nothing is known then. */
export function toOwnProgress(
  { options: { progress } }: ObservedQueues,
  logger: Logger,
): ((value: unknown) => unknown) | null {
  if (!progress) return null
  return (value) => {
    try {
      const shown = progress(value)
      return isRecord(shown) ? { ...shown } : shown
    } catch (error) {
      logger.warn({ err: error }, 'progress of an observed job failed')
      return null
    }
  }
}
