import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { embeddedPostgres } from '@headway/gateway/embedded'
import { findRedis, freePort } from './find-redis.ts'

/* Starts everything: Redis and PostgreSQL unless they are given, a worker, and the server. */

const folder = fileURLToPath(new URL('..', import.meta.url))
/** Functions that stop what was started. They run in reverse order. */
const started: (() => Promise<void>)[] = []

let stopping: Promise<void> | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))

const starting = start()
starting.catch((error: unknown) => {
  if (!stopping) process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  stop(1)
})

async function start(): Promise<void> {
  const redis = await findRedis(process.env.REDIS_URL)
  started.push(redis.stop)
  const database = process.env.DATABASE_URL ?? (await ownDatabase())
  const env = { ...process.env, REDIS_URL: redis.url, DATABASE_URL: database }
  startProcess('worker.js', env)
  const port = Number(process.env.PORT ?? 3000) || (await freePort())
  startProcess('server.js', { ...env, PORT: String(port) })
  const url = `http://localhost:${port}`
  await untilServed(url)
  process.stdout.write(`Ready: open ${url}\nCtrl-C stops everything.\n`)
}

function stop(code: number): void {
  stopping ??= (async () => {
    // A part can be stopped only after its start has finished.
    await starting.catch(() => undefined)
    for (const end of started.reverse()) await end().catch(() => undefined)
    process.exit(code)
  })()
}

async function ownDatabase(): Promise<string> {
  const directory = process.env.HEADWAY_DATA ?? `${folder}.data`
  const postgres = await embeddedPostgres({ directory })
  started.push(postgres.stop)
  return postgres.url
}

async function untilServed(url: string): Promise<void> {
  while (!stopping) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await wait(100)
  }
}

function startProcess(script: string, env: NodeJS.ProcessEnv): ChildProcess {
  if (stopping) throw new Error('It was asked to stop')
  const child = fork(`${folder}dist/${script}`, { cwd: folder, env })
  const ended = once(child, 'exit')
  ended.then(([code]) => {
    if (!stopping) process.stderr.write(`${script} ended with ${code}\n`)
    stop(1)
  }, stop)
  started.push(async () => {
    // Ctrl-C in the terminal reaches it as well.
    child.kill('SIGTERM')
    await ended
  })
  return child
}
