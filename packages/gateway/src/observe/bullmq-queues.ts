import { isRecord, parseJson } from '@headway/core/protocol'
import { runIdOf } from '@headway/core/queues'
import type { ConnectionOptions } from 'bullmq'
import type { Logger } from 'pino'
import { boundText } from '../bound-text.ts'
import { checkKnown } from '../check.ts'
import { checkConnection, checkRedisName } from '../engines/bullmq.ts'
import { ConfigurationError } from '../errors.ts'
import type { JobReading } from './job-reading.ts'
import type { ShownProgress } from './observation.ts'

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

/** The options of `bullmqQueues()`. */
export interface BullmqQueuesOptions {
  /** Redis, as BullMQ takes it: the options of a client of `ioredis`, or such a client. */
  connection: ConnectionOptions
  /** The prefix of the queues' keys. Default `bull`, as in BullMQ. */
  prefix?: string
  /** The queues, by name or pattern; `*`: all of the prefix. */
  queues: '*' | readonly (string | RegExp)[]
  /**
   * The id of the principal that a job belongs to, read once. Default, and for `null`: nobody's,
   * which only admins may see, and those that `authorize` accepts.
   */
  owner?: (job: ObservedJob) => string | null | undefined
  /** Everyone who knows its id may see a job without an owner. Default `false`. */
  public?: boolean
  /** The name of its run. Default: the name that the job was added under. */
  name?: (job: ObservedJob) => string
  /**
   * The progress that pages show, out of the value that the job reported. Default: a number,
   * `{ percent }`, `{ done, total }`, each with a `message`, or text.
   */
  progress?: (value: unknown) => Partial<ShownProgress> | number | string | null
  /** The last line of a job's log is its message while it reports none. Default `false`. */
  logs?: boolean
}

/** Queues that a gateway observes. */
export interface ObservedQueues {
  readonly prefix: string
  readonly options: Required<Omit<BullmqQueuesOptions, 'progress' | 'owner' | 'name'>> &
    Pick<BullmqQueuesOptions, 'progress' | 'owner' | 'name'>
}

/** The maximum length of a run's name, in UTF-16 units. */
const maxNameChars = 256

const known = ['connection', 'prefix', 'queues', 'owner', 'public', 'name', 'progress', 'logs']

/**
 * Queues of BullMQ on Redis whose jobs are run by workers of other programs: the gateway shows them
 * as runs. Neither the queues nor their workers have to change. Throws a `ConfigurationError` about
 * a wrong option.
 *
 * @example
 * ```ts
 * createGateway({
 *   database,
 *   observe: bullmqQueues({ connection, queues: ['transcode'], owner: (job) => job.data.userId }),
 * })
 * ```
 */
export function bullmqQueues(options: BullmqQueuesOptions): ObservedQueues {
  checkKnown('bullmqQueues()', options, known)
  const { connection, prefix = 'bull', queues } = options
  checkConnection(connection)
  if (queues !== '*' && !(Array.isArray(queues) && queues.length > 0)) {
    throw new ConfigurationError(`queues is ${JSON.stringify(queues)}: name some, or give '*'`)
  }
  for (const queue of queues === '*' ? [] : queues) {
    if (!(queue instanceof RegExp)) checkRedisName('queues', queue)
  }
  return {
    prefix,
    options: { ...options, prefix, public: options.public ?? false, logs: options.logs ?? false },
  }
}

/** The queue of this name is among those to observe. Pure. */
export function isWanted({ options: { queues } }: ObservedQueues, name: string): boolean {
  if (queues === '*') return true
  // A pattern with the flag g would remember where it stopped.
  return queues.some((one) => (typeof one === 'string' ? one === name : name.search(one) >= 0))
}

/** The name of a queue in the rows of its runs. */
export const toQueueOf = ({ prefix }: ObservedQueues, name: string): string => `${prefix}:${name}`

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
): { name: string; owner: string | null; readers: 'admins' | 'everyone' | null } {
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
  return {
    name: boundText(name, maxNameChars) || queue,
    owner: isOwned ? String(owner) : null,
    readers: isOwned || !hasAuth ? null : options.public ? 'everyone' : 'admins',
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
