import type { ServerProcess } from './server-process.ts'

/** A server that this process has started, and how many have asked for it. */
interface OwnServer {
  server: ServerProcess
  port: number
  users: number
}

/** One for the process: a bundler may load this module twice. */
interface Registry {
  /** By the real path of their folder. */
  servers: Map<string, OwnServer>
  /** The last start, after which the next one begins. */
  last: Promise<unknown>
}

const key = Symbol.for('headway.embedded-postgres')

function registry(): Registry {
  const place = globalThis as { [key]?: Registry }
  place[key] ??= { servers: new Map(), last: Promise.resolve() }
  return place[key]
}

/**
 * Runs calls one after the other in this process: two starts on one folder would not see each
 * other.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const own = registry()
  const done = own.last.then(work)
  own.last = done.catch(() => undefined)
  return done
}

/** Notes a server of this process; returns a `stop` for its first caller. */
export function addServer(data: string, server: ServerProcess, port: number): () => Promise<void> {
  registry().servers.set(data, { server, port, users: 0 })
  return joinServer(data)?.stop ?? server.stop
}

/**
 * The server of this process on a folder. It stops when every caller that asked for it has stopped
 * it.
 */
export function joinServer(
  data: string,
): { pid: number; port: number; stop: () => Promise<void> } | null {
  const { servers } = registry()
  const own = servers.get(data)
  if (!own) return null
  own.users += 1
  let isStopped = false
  return {
    pid: own.server.pid,
    port: own.port,
    async stop() {
      if (!isStopped) own.users -= 1
      isStopped = true
      if (own.users > 0) return
      if (servers.get(data) === own) servers.delete(data)
      await own.server.stop()
    },
  }
}
