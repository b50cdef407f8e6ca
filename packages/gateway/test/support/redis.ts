import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { freePort } from '@headway/test-kit/network/free-port'
import { Redis } from 'ioredis'
import { makeFolder } from './folder.ts'
import { kill } from './process.ts'

/** A real Redis of a test's own. */
export interface TestRedis {
  url: string
  port: number
  folder: string
  /** Starts it again, with what it has on disk. */
  start(): Promise<void>
  /** Kills it, without a chance to tidy up. */
  kill(): Promise<void>
  /** Stops what it does for a while; `SIGCONT` lets it go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): void
  /** Ends it, and removes its folder. */
  stop(): Promise<void>
}

/** Every write is on disk before it is answered, unless the arguments say otherwise. */
const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '']

/** Starts a `redis-server` on a free port, in a folder of its own. */
export async function startRedis(args: string[] = durable, ownPort?: number): Promise<TestRedis> {
  const [port, folder] = [ownPort ?? (await freePort()), await makeFolder()]
  let child: ChildProcess
  const start = async (): Promise<void> => {
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
    child = spawn('redis-server', [...own, '--loglevel', 'warning', ...args], { stdio: 'ignore' })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    await untilLoaded(port)
  }
  await start()
  const end = async (): Promise<void> => kill(child)
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    start,
    kill: end,
    signal: (name) => child.kill(name),
    async stop() {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** It answers while it still loads what it has on disk. */
async function untilLoaded(port: number): Promise<void> {
  const client = new Redis({ port, retryStrategy: () => 50, maxRetriesPerRequest: null })
  client.on('error', () => undefined)
  await client.ping()
  client.disconnect()
}
