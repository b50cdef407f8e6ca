import type { ConnectionOptions } from 'bullmq'
import { atMost, checkKnown, longestTimerMs } from '../check.ts'
import { ConfigurationError } from '../errors.ts'
import { handled } from '../handled.ts'
import type { BullmqOptions, BullmqRedisOptions, WithDefaults } from './bullmq-options.ts'
import type { Engine } from './engine.ts'
import { redisAddress } from './redis-address.ts'

const shared = ['queue', 'lockMs', 'stalledIntervalMs']

/**
 * Runs jobs with BullMQ: on the same PostgreSQL, or, with a `connection`, on Redis. Needs the
 * package `bullmq`, from version 6 for PostgreSQL, and for Redis `ioredis`. Throws a
 * `ConfigurationError` about a wrong option.
 */
export function bullmq(options: BullmqOptions = {}): Engine {
  const { queue = 'headway' } = options
  const lockMs = atMost('lockMs', options.lockMs ?? 30_000, longestTimerMs)
  const stalledIntervalMs = atMost(
    'stalledIntervalMs',
    options.stalledIntervalMs ?? 30_000,
    longestTimerMs,
  )
  const defaults = { queue, lockMs, stalledIntervalMs }
  if ('connection' in options) return onRedis({ ...options, ...defaults })
  checkKnown('bullmq()', options, [...shared, 'schema'])
  const schema = options.schema ?? 'bullmq'
  // Not loaded with this file: BullMQ 5 has no PostgreSQL. Nor while `connect` holds the lock of
  // tables: that may take longer than a transaction may wait.
  const loading = handled(import('./bullmq-postgres.ts'))
  return {
    name: 'bullmq',
    queue: `${schema}.${queue}`,
    async connect(...args) {
      const { connectToPostgres } = await loading
      return connectToPostgres({ ...defaults, schema }, ...args)
    },
  }
}

function onRedis(options: WithDefaults<BullmqRedisOptions>): Engine {
  const { connection, prefix = 'bull', queue } = options
  checkKnown('bullmq({ connection })', options, [...shared, 'connection', 'prefix', 'server'])
  checkConnection(connection)
  checkRedisName('queue', queue)
  const server = options.server ?? redisAddress(connection)
  const loading = handled(import('./bullmq-redis.ts'))
  return {
    name: 'bullmq',
    queue: `redis://${server}/${prefix}:${queue}`,
    async connect(_, logger) {
      const { connectToRedis } = await loading
      return connectToRedis({ ...options, prefix }, logger)
    },
  }
}

/** Throws a {@link ConfigurationError} unless a client can be made of the value. */
export function checkConnection(connection: unknown): asserts connection is ConnectionOptions {
  if (typeof connection !== 'object' || connection === null) {
    throw new ConfigurationError(
      `connection is ${JSON.stringify(connection)}: give BullMQ's, such as { url: 'redis://…' }`,
    )
  }
  if ('keyPrefix' in connection && connection.keyPrefix) {
    throw new ConfigurationError(
      'connection has a keyPrefix: BullMQ has the option prefix for that',
    )
  }
}

/** Throws a {@link ConfigurationError} about a name that no queue of BullMQ can have. */
export function checkRedisName(option: string, name: unknown): void {
  if (typeof name === 'string' && name !== '' && !name.includes(':')) return
  throw new ConfigurationError(
    `${option} is ${JSON.stringify(name)}: give a queue's name, a text without a colon`,
  )
}
