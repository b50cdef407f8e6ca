import type { ConnectionOptions } from 'bullmq'

/** The options of BullMQ on either database. */
interface SharedOptions {
  /** The queue's name. Give each app of a database one of its own. Default `headway`. */
  queue?: string
  /** The time that a silent worker keeps its job, in milliseconds. Default 30,000. */
  lockMs?: number
  /**
   * The interval at which workers look for jobs of silent workers, in milliseconds. Default 30,000.
   */
  stalledIntervalMs?: number
}

/** The options of BullMQ on PostgreSQL. */
export interface BullmqPostgresOptions extends SharedOptions {
  /** The PostgreSQL schema of BullMQ's tables; it is created if missing. Default `bullmq`. */
  schema?: string
}

/** The options of BullMQ on Redis. */
export interface BullmqRedisOptions extends SharedOptions {
  /** Redis, as BullMQ takes it: the options of a client of `ioredis`, or such a client. */
  connection: ConnectionOptions
  /** The prefix of BullMQ's keys; in a Redis Cluster, in braces: `{headway}`. Default `bull`. */
  prefix?: string
  /**
   * A name of this Redis, the same in all processes. Runs keep it, so that no gateway of another
   * Redis takes them for its own. Default: the address in `connection`.
   */
  server?: string
}

/** The options of BullMQ. */
export type BullmqOptions = BullmqPostgresOptions | BullmqRedisOptions

/** The options of one of them, with the defaults that both have. */
export type WithDefaults<T> = T & Required<SharedOptions>
