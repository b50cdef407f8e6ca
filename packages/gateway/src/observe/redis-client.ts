import { type ConnectionOptions, RedisConnection } from 'bullmq'
import type { Logger } from 'pino'
import { createWarn, failingFast, isClient } from '../engines/bullmq-redis.ts'
import { scripts } from './scripts.ts'

/** A script of ours. */
export type ScriptName = keyof typeof scripts

/** The commands that observing takes, over any client that BullMQ takes. */
export interface RedisClient {
  /** Runs a script: the keys first. */
  run(
    name: ScriptName,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<unknown>
  /** The keys of a pattern. */
  keys(pattern: string): Promise<string[]>
  /**
   * Waits until one of these streams has more than it had at its place, or for so long. Resolves
   * with their keys; in a cluster, where one command may not name several nodes, with all.
   */
  untilMore(places: ReadonlyMap<string, string>, waitMs: number): Promise<string[]>
  close(): Promise<void>
}

/** The part of an `ioredis` client that is used, also as BullMQ 6 wraps it. */
interface Client {
  isCluster?: boolean
  defineCommand(name: string, definition: { lua: string }): void
  scan(cursor: string, ...rest: unknown[]): Promise<[string, string[]]>
  xread(...args: unknown[]): Promise<[string, unknown][] | null>
  nodes?(role: string): Client[]
  duplicate(): ConnectionOptions
}

/** The scripts as commands: the number of keys first, then the keys. */
type Commands = Record<string, (...args: unknown[]) => Promise<unknown>>

/** The interval at which the streams of a cluster are asked, in milliseconds. */
const clusterPollMs = 200

/** Connects: one connection for commands, and one that waits. */
export async function connectRedis(
  connection: ConnectionOptions,
  logger: Logger,
): Promise<RedisClient> {
  const warn = createWarn(logger)
  const open = async (isWaiting: boolean): Promise<[Client, () => Promise<void>]> => {
    // A client that is given is not ours to wait with, nor to close.
    const given = isClient(connection) ? (connection as unknown as Client) : null
    const own = given && isWaiting ? given.duplicate() : null
    const opened = new RedisConnection(own ?? failingFast(connection), {
      shared: given !== null && own === null,
      blocking: false,
    })
    opened.on('error', warn)
    return [(await opened.client) as unknown as Client, () => opened.close(true)]
  }
  const [client, closeClient] = await open(false)
  const [waiting, closeWaiting] = client.isCluster ? [client, null] : await open(true)
  for (const [name, lua] of Object.entries(scripts))
    client.defineCommand(`headway:${name}`, { lua })
  const commands = client as unknown as Commands
  return {
    run: async (name, keys, args) => commands[`headway:${name}`]?.(keys.length, ...keys, ...args),
    async keys(pattern) {
      const nodes = client.isCluster && client.nodes ? client.nodes('master') : [client]
      const found = await Promise.all(nodes.map((node) => scanAll(node, pattern)))
      return [...new Set(found.flat())]
    },
    async untilMore(places, waitMs) {
      const streams = [...places.keys()]
      if (client.isCluster || streams.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, Math.min(waitMs, clusterPollMs)))
        return streams
      }
      const answer = await waiting.xread(
        'COUNT',
        1,
        'BLOCK',
        waitMs,
        'STREAMS',
        ...streams,
        ...places.values(),
      )
      return (answer ?? []).map(([key]) => key)
    },
    async close() {
      await Promise.all([closeClient(), closeWaiting?.()])
    },
  }
}

async function scanAll(node: Client, pattern: string): Promise<string[]> {
  const found: string[] = []
  let cursor = '0'
  do {
    const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', 1_000)
    found.push(...keys)
    cursor = next
  } while (cursor !== '0')
  return found
}
