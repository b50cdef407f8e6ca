import type { ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createClient, defineJob, type JobHandle } from '@headway/core'
import { freePort } from '@headway/test-kit/network/free-port'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EmbeddedPostgres } from '../src/embedded.ts'
import { createTeardown } from '../src/teardown.ts'
import { query } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { kill, startProcess } from './support/process.ts'
import { startPostgres } from './support/start-postgres.ts'

const steady = defineJob<{ steps: number }, { steps: number }>('steady')
const steps = 25

const teardown = createTeardown()
let directory: string
let postgres: EmbeddedPostgres
let gateway: ChildProcess | undefined
let worker: ChildProcess | undefined
let port: number

const startGateway = async (): Promise<void> => {
  const env = { DATABASE: postgres.url, PORT: String(port) }
  gateway = (await startProcess('./serve.ts', env)).child
}
const startWorker = async (): Promise<void> => {
  worker = (await startProcess('./worker.ts', { DATABASE: postgres.url })).child
}

beforeAll(async () => {
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  directory = join(folder, 'pg')
  postgres = await startPostgres({ directory })
  // Another one takes its place.
  teardown.defer(() => postgres.stop())
  teardown.defer(() => Promise.all([worker, gateway].map((child) => child && kill(child))))
  port = await freePort()
  await startGateway()
  await startWorker()
})
afterAll(teardown.run)

it('worker, gateway and PostgreSQL are killed in the middle of jobs: none is lost, none shown wrong, clients catch up', async () => {
  const clients = [1, 2].map(() => createClient({ url: `http://localhost:${port}` }))
  const handles: JobHandle<{ steps: number }>[] = []
  const watched: ReturnType<typeof watch>[] = []
  const start = (): void => {
    const [first, second] = clients
    const handle = first?.start(steady, { steps, number: handles.length } as { steps: number })
    if (!handle || !second) return
    handles.push(handle)
    watched.push(watch(handle))
    // The other client follows it from the moment it has an id.
    const unsubscribe = handle.subscribe(() => {
      const { jobId } = handle.getSnapshot()
      if (!jobId) return
      queueMicrotask(() => unsubscribe())
      watched.push(watch(second.attach(steady, jobId)))
    })
  }
  const messages = () => handles.map((handle) => handle.getSnapshot().message)
  const ends = () => handles.filter((handle) => handle.getSnapshot().status === 'completed').length
  /** Looks at what is shown now, and gives a wait until some job has gone on or ended since. */
  const look = (): (() => Promise<void>) => {
    const [before, endsBefore] = [messages(), ends()]
    const isMoving = (handle: JobHandle<unknown>, index: number): boolean => {
      const { status, message } = handle.getSnapshot()
      return status === 'running' && message !== null && message !== before[index]
    }
    const hasMoved = (): boolean => {
      // All may have ended before the look, if this process stood still.
      return handles.some(isMoving) || ends() > endsBefore || ends() === handles.length
    }
    return () => expect.poll(hasMoved).toBe(true)
  }

  /** Until the last one is started: what was given up is started again, as a user would, and is the same start. */
  const isStarted = async (): Promise<void> => {
    const handle = handles.at(-1)
    const start = async (): Promise<string | undefined> => {
      if (handle?.getSnapshot().startError) await handle.retryStart()
      return handle?.getSnapshot().jobId
    }
    await expect.poll(start).toBeTruthy()
  }

  for (let job = 0; job < 4; job += 1) start()
  let underWay = look()
  await underWay()
  if (worker) await kill(worker)
  underWay = look()
  await startWorker()
  await underWay()
  if (gateway) await kill(gateway)
  underWay = look()
  start()
  await startGateway()
  await underWay()
  await isStarted()
  process.kill(postgres.pid, 'SIGKILL')
  underWay = look()
  start()
  postgres = await startPostgres({ directory, port: Number(new URL(postgres.url).port) })
  await isStarted()
  await underWay()

  const statuses = () => handles.map((handle) => handle.getSnapshot().status)
  const completed = handles.map(() => 'completed')
  await expect.poll(statuses).toEqual(completed)
  const outputs = await Promise.all(handles.map((handle) => handle.result))
  expect(outputs).toEqual(handles.map(() => ({ steps })))
  const isSettled = (): boolean => watched.every(({ isDone }) => isDone())
  await expect.poll(isSettled).toBe(true)
  expect(watched).toHaveLength(2 * handles.length)
  expect(watched.flatMap(({ wrong }) => wrong)).toEqual([])
  const rows = await query(
    postgres.url,
    'select id, status, revision::float8 as revision from headway.run order by id',
  )
  const shown = handles.map((handle) => {
    const { jobId, status, revision } = handle.getSnapshot()
    return { id: jobId, status, revision }
  })
  expect(rows).toEqual(shown.sort((a, b) => String(a.id).localeCompare(String(b.id))))
  for (const client of clients) client.close()
})

/** Follows a job and notes what cannot be: a state older than one that was shown, or one after the end. */
function watch(handle: JobHandle<unknown>) {
  const wrong: string[] = []
  let [revision, isDone] = [0, false]
  const look = (): void => {
    const state = handle.getSnapshot()
    // What was not started yet has no state of its own.
    if (!state.jobId) return
    const now = state.revision ?? 0
    const at = `${state.jobId}: ${state.status} at revision ${now}`
    if (now < revision) wrong.push(`${at} after ${revision}`)
    if (isDone && state.status !== 'completed') wrong.push(`${at} after its end`)
    if (['failed', 'dead_letter', 'cancelled', 'not_found'].includes(state.status)) wrong.push(at)
    revision = Math.max(revision, now)
    isDone ||= state.status === 'completed'
  }
  handle.subscribe(look)
  return { wrong, isDone: () => isDone }
}
