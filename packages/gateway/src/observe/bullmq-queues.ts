import type { ConnectionOptions } from 'bullmq'
import { checkKnown } from '../check.ts'
import { checkConnection, checkRedisName } from '../engines/bullmq.ts'
import { ConfigurationError } from '../errors.ts'
import type { ShownProgress } from './observation.ts'
import type { ObservedJob, ObservedQueues } from './observed-queues.ts'

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
  /** The title of its run in lists, at most 200 characters. Default: none. */
  title?: (job: ObservedJob) => string | null | undefined
  /** The tags of its run, by which lists find it: up to 10, of at most 64 characters. */
  tags?: (job: ObservedJob) => readonly string[] | null | undefined
  /**
   * The progress that pages show, out of the value that the job reported. Default: a number,
   * `{ percent }`, `{ done, total, unit }`, each with a `message`, or text.
   */
  progress?: (value: unknown) => Partial<ShownProgress> | number | string | null
  /** The last line of a job's log is its message while it reports none. Default `false`. */
  logs?: boolean
}

const known = 'connection prefix queues owner public name title tags progress logs'.split(' ')

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
    options: { ...options, public: options.public ?? false, logs: options.logs ?? false },
  }
}
