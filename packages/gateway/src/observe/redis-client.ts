import { setTimeout as wait } from 'node:timers/promises'
import { type ConnectionOptions, RedisConnection } from 'bullmq'
import type { Logger } from 'pino'
import { createWarn, failingFast, isClient } from '../engines/bullmq-redis.ts'
import { handled } from '../handled.ts'
import { createClosable } from './closable.ts'
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
  /** Ends that wait now, so that it can begin with other streams. */
  wake(): void
  close(): Promise<void>
}

/** The part of an `ioredis` client that is used, also as BullMQ 6 wraps it. */
interface Client {
  isCluster?: boolean
  defineCommand(name: string, definition: { lua: string }): void
  scan(cursor: string, ...rest: unknown[]): Promise<[string, string[]]>
  xread(...args: unknown[]): Promise<[string, unknown][] | null>
  client(command: string, ...rest: unknown[]): Promise<unknown>
  nodes?(role: string): Client[]
  duplicate(): ConnectionOptions
}

/** The scripts as commands: the number of keys first, then the keys. */
type Commands = Record<string, (...args: unknown[]) => Promise<unknown>>

/** The interval at which the streams of a cluster are asked, in milliseconds. */
const clusterPollMs = 200

/** The rest before a wait that has not begun yet is ended once more, in milliseconds. */
const wakeAgainMs = 5

/**
 * A client over two connections: one for commands, and one that waits. It connects by itself, and
 * again and again: commands wait for the first time that Redis is there.
 */
export function createRedisClient(connection: ConnectionOptions, logger: Logger): RedisClient {
  const warn = createWarn(logger)
  // A client that is given is not ours to wait with, nor to close.
  const given = isClient(connection) ? (connection as unknown as Client) : null
  const open = (own: ConnectionOptions, isShared: boolean): Opened => {
    const opened = new RedisConnection(own, { shared: isShared, blocking: false })
    opened.on('error', warn)
    const client = opened.client.then((ready) => withScripts(ready as unknown as Client))
    return { client: handled(client), close: () => opened.close(true) }
  }
  const { unlessClosed, close } = createClosable('The client of an observed Redis is closed')
  const commanding = reopened(() => open(failingFast(connection), given !== null))
  const waiting = reopened(() => open(given ? given.duplicate() : failingFast(connection), false))
  /** The wait for streams, once it has begun with the number that Redis has for its connection. */
  let current: { connection: Promise<unknown> | null } | null = null
  return {
    run(name, keys, args) {
      const answer = commanding.client().then((client) => {
        const commands = client as unknown as Commands
        return commands[`headway:${name}`]?.(keys.length, ...keys, ...args)
      })
      return unlessClosed(answer)
    },
    async keys(pattern) {
      const client = await unlessClosed(commanding.client())
      const nodes = client.isCluster && client.nodes ? client.nodes('master') : [client]
      const found = await unlessClosed(Promise.all(nodes.map((node) => scanAll(node, pattern))))
      return [...new Set(found.flat())]
    },
    async untilMore(places, waitMs) {
      const own: typeof current = { connection: null }
      current = own
      const streams = [...places.keys()]
      try {
        const client = await unlessClosed(commanding.client())
        if (client.isCluster || streams.length === 0) {
          await wait(Math.min(waitMs, clusterPollMs))
          return streams
        }
        const names = ['STREAMS', ...streams, ...places.values()]
        const asked = waiting.client().then((waiter) => {
          // First, since it is not answered while the other waits.
          own.connection = waiter.client('ID').catch(() => null)
          return waiter.xread('COUNT', 1, 'BLOCK', waitMs, ...names)
        })
        const answer = await unlessClosed(asked)
        return (answer ?? []).map(([key]) => key)
      } finally {
        current = null
      }
    },
    wake() {
      const one = current
      const end = async (): Promise<void> => {
        const client = await commanding.client()
        for (let isOver = false; !isOver && one && current === one; ) {
          const id = await one.connection
          if (id !== null) isOver = (await client.client('UNBLOCK', String(id))) === 1
          if (!isOver) await wait(wakeAgainMs)
        }
      }
      // Not every user of a Redis may do this: then the wait ends by itself.
      unlessClosed(end()).catch(() => undefined)
    },
    async close() {
      close()
      await Promise.all([commanding.close(), waiting.close()])
    },
  }
}

/** A connection that is made. */
interface Opened {
  client: Promise<Client>
  close(): Promise<void>
}

/** A connection that is made when it is first needed, and again if that failed. */
function reopened(open: () => Opened): { client(): Promise<Client>; close(): Promise<void> } {
  let opened: Opened | null = null
  return {
    client() {
      if (opened) return opened.client
      const one = open()
      opened = one
      one.client.catch(() => {
        // It was lost while it asked for Redis's version: BullMQ would keep that failure for ever.
        if (opened === one) opened = null
        return one.close().catch(() => undefined)
      })
      return one.client
    },
    close: async () => opened?.close(),
  }
}

function withScripts(client: Client): Client {
  for (const [name, lua] of Object.entries(scripts)) {
    client.defineCommand(`headway:${name}`, { lua })
  }
  return client
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
