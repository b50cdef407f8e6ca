import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

/** A Redis for the example. */
export interface FoundRedis {
  url: string
  /** Ends it if it was started here, and removes what it has kept. */
  stop(): Promise<void>
}

/** The Redis at this address, or else a `redis-server` of its own on a free port. */
export async function findRedis(url: string | undefined): Promise<FoundRedis> {
  if (url) return { url, stop: async () => undefined }
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'films-redis-'))]
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const child = spawn('redis-server', [...place, '--save', ''], {
    stdio: 'ignore',
    // Ctrl-C in the terminal would end it before the worker.
    detached: true,
  })
  const stop = async (): Promise<void> => {
    if (isRunning(child)) {
      child.kill()
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await once(child, 'spawn')
    await untilReady(port)
  } catch (cause) {
    await stop()
    const remedy = 'install it (Debian: redis-server; macOS: brew install redis), or set REDIS_URL'
    throw new Error(`redis-server cannot be started: ${remedy}`, { cause })
  }
  return { url: `redis://127.0.0.1:${port}`, stop }
}

async function untilReady(port: number): Promise<void> {
  const client = new Redis({ port, retryStrategy: (times) => (times > 100 ? null : 50) })
  client.on('error', () => undefined)
  try {
    await client.ping()
  } finally {
    client.disconnect()
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return address !== null && typeof address === 'object' ? address.port : 0
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null
}
