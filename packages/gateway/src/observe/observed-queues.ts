import { types } from 'node:util'
import { isRecord, parseJson } from '@headway/core/protocol'
import { runIdOf } from '@headway/core/queues'
import type { Logger } from 'pino'
import { isUserId } from '../access/principal.ts'
import { boundText } from '../bound-text.ts'
import { describeError, quieten } from '../describe-error.ts'
import { type Labels, maxTitleChars, noLabels, toLabels } from '../runs/labels.ts'
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
 * The owner and the name of a job's run, as the app says. Its errors are logged. A job whose owner
 * could not be told is for admins alone, even if jobs without an owner are for everyone.
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
  /** `null`: nothing is said; `undefined`: it failed. */
  const ask = (option: 'owner' | 'name', isFit: (text: string) => boolean) => {
    try {
      const answer: unknown = options[option]?.(observed) ?? null
      if (answer === null) return null
      const text = typeof answer === 'number' ? String(answer) : answer
      if (typeof text === 'string' && isFit(text)) return text
      throw new TypeError(`It answered ${describeError(answer)}: ${wanted[option]}`)
    } catch (error) {
      logger.warn({ err: error, queue, jobId: id }, `${option} of an observed job failed`)
      return undefined
    }
  }
  const owner = ask('owner', isUserId)
  const name = ask('name', () => true) ?? job.name
  return {
    name: boundText(name, maxNameChars) || queue,
    owner: owner ?? null,
    readers: owner || !hasAuth ? null : options.public && owner === null ? 'everyone' : 'admins',
    labels: labelsOf(options, observed, logger),
  }
}

/**
 * The title and the tags of a job's run, as the app says. Its errors are logged: then it has none.
 */
function labelsOf(
  { title, tags }: ObservedQueues['options'],
  job: ObservedJob,
  logger: Logger,
): Labels {
  try {
    const answers = [title?.(job), tags?.(job)] as const
    // One that rejects would end the process.
    for (const answer of answers) quieten(answer)
    const [text, listed] = answers
    if (answers.some(types.isPromise)) throw new TypeError('It is a promise: answer at once')
    const isLong = typeof text === 'string' && text.length > maxTitleChars
    const shown = isLong ? boundText(text, maxTitleChars) : text
    const labels = toLabels({ title: shown, tags: listed })
    if (typeof labels !== 'string') return labels
    throw new TypeError(labels)
  } catch (error) {
    const about = { err: error, queue: job.queue, jobId: job.id }
    logger.warn(about, 'title and tags of an observed job failed')
    return noLabels
  }
}

const wanted = {
  owner: 'return the id of a user, or null',
  name: 'return text',
} as const

/** The owner and the name of a job that only events tell of: its data is gone, and its owner. */
export function toUnknownOrigin(
  { options }: ObservedQueues,
  queue: string,
  name: string | null,
  hasAuth: boolean,
): Origin {
  const readers = options.public && !options.owner ? 'everyone' : 'admins'
  return {
    name: boundText(name ?? '', maxNameChars) || queue,
    owner: null,
    readers: hasAuth ? readers : null,
    labels: noLabels,
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
      const shown: unknown = progress(value)
      if (types.isPromise(shown)) {
        throw new TypeError(`It answered ${describeError(shown)}: return the progress itself`)
      }
      return isRecord(shown) ? { ...shown } : shown
    } catch (error) {
      logger.warn({ err: error }, 'progress of an observed job failed')
      return null
    }
  }
}
