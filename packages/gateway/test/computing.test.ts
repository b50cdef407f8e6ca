import type { ChildProcess } from 'node:child_process'
import { start } from '@headway/conformance/wire'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, job } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

/** Many times the lock of the workers, which look for stalled jobs twice as often. */
const longMs = 4_000

let database: string
let gateway: Gateway
let url: string
let workers: ChildProcess[] = []

beforeAll(async () => {
  database = await createDatabase()
  await query(
    database,
    'create table effect (at bigint generated always as identity, run uuid, pid integer, what text)',
  )
  const jobs = {
    compute: job({ run: () => null }),
    compute_thrice: job({
      attempts: 3,
      backoff: { type: 'fixed', delayMs: 1 },
      run: () => null,
    }),
    quick: job({ run: () => null }),
  }
  gateway = await createGateway({ database, engine: bullmq(), jobs, logger: quiet })
  url = (await gateway.listen(0)).url
})
const startWorkers = async (env: Record<string, string> = {}): Promise<void> => {
  const own = { DATABASE: database, ...env }
  const started = [1, 2].map(() => startProcess('./computing-worker.ts', own))
  workers = (await Promise.all(started)).map(({ child }) => child)
}
beforeEach(() => startWorkers())
afterEach(() => Promise.all(workers.map(kill)))
afterAll(() => gateway?.close())

interface Effect {
  pid: number
  what: string
}
const effects = (run: string): Promise<Effect[]> =>
  query<Effect & { at: number }>(
    database,
    'select pid, what from effect where run = $1 order by at',
    [run],
  )
const whats = async (run: string): Promise<string[]> => (await effects(run)).map(({ what }) => what)
const read = async (run: string) => {
  const text = 'select status, attempt, output, error from headway.run where id = $1'
  return (await query(database, text, [run]))[0]
}
/** How often BullMQ took the worker of a run for dead, and the state of the task now. */
const readTask = async (run: string) => {
  const text = 'select state::text as state, stalled_count as stalled from bullmq.job where id = $1'
  return (await query<{ state: string; stalled: number }>(database, text, [run]))[0]
}
/** Until a run is begun: the worker that has it, and the other one. */
const begun = async (run: string): Promise<{ holder: ChildProcess; other: ChildProcess }> => {
  await expect.poll(() => whats(run)).toEqual(['begun 1'])
  const [first] = await effects(run)
  const [holder, other] = workers[0]?.pid === first?.pid ? workers : workers.toReversed()
  if (!holder || !other) throw new Error('two workers were started')
  return { holder, other }
}

/** Cuts the session of the worker that has a run. */
const cutSessionOf = async (run: string): Promise<void> => {
  const cut = `select pg_terminate_backend(pid)
                 from pg_locks join headway.run on holder = ((classid::bigint << 32) | objid::bigint) >> 23
                where locktype = 'advisory' and run.id = $1`
  expect(await query(database, cut, [run])).toHaveLength(1)
}

it.each(['compute', 'compute_thrice'])(
  '%s: a job that keeps its process busy for several locks runs once, and ends once',
  async (name) => {
    const run = await start(url, name, { ms: longMs })
    const completed = { status: 'completed', attempt: 1, output: { attempt: 1 }, error: null }
    await expect.poll(() => read(run)).toEqual(completed)
    // It was taken for dead, and its task given to the other worker, which finds it ended at last.
    await expect.poll(() => readTask(run)).toMatchObject({ state: 'completed' })
    expect((await readTask(run))?.stalled).toBeGreaterThan(0)
    expect(await whats(run)).toEqual(['begun 1', 'done 1'])
    expect(await read(run)).toEqual(completed)
  },
)

it('a single worker that its queue takes for dead runs the job once', async () => {
  const [alone, other] = workers
  if (other) await kill(other)
  const run = await start(url, 'compute', { ms: 2_000, restMs: 2_000 })
  const completed = { status: 'completed', attempt: 1, output: { attempt: 1 }, error: null }
  await expect.poll(() => read(run)).toEqual(completed)
  expect(await effects(run)).toEqual([{ pid: alone?.pid, what: 'begun 1' }])
})

it('a job that fails each time has its number of attempts, and no more', async () => {
  const run = await start(url, 'compute_thrice', { ms: 1_500, fails: true })
  const failed = {
    status: 'dead_letter',
    attempt: 3,
    output: null,
    error: 'it does not compute',
  }
  await expect.poll(() => read(run)).toEqual(failed)
  const isOver = (state = ''): boolean => ['completed', 'failed'].includes(state)
  await expect.poll(async () => isOver((await readTask(run))?.state)).toBe(true)
  expect(await whats(run)).toEqual([1, 2, 3].flatMap((n) => [`begun ${n}`, `done ${n}`]))
})

it('a job whose worker is killed is taken by the other worker, as a later attempt', async () => {
  const run = await start(url, 'compute', { ms: 600_000 })
  const { holder, other } = await begun(run)
  // The other has found it held before.
  await expect.poll(async () => (await readTask(run))?.stalled).toBeGreaterThan(0)
  expect(await whats(run)).toEqual(['begun 1'])
  await kill(holder)
  await expect
    .poll(() => read(run))
    .toMatchObject({ status: 'completed', attempt: 2, output: { attempt: 2 } })
  expect(await whats(run)).toEqual(['begun 1', 'begun 2', 'done 2'])
  expect((await effects(run)).at(-1)?.pid).toBe(other.pid)
})

it('a job that is not busy stays with its worker when the worker loses its connection', async () => {
  // A lock that outlasts a pause of the machine; the job outlasts the lock.
  await Promise.all(workers.map(kill))
  await startWorkers({ LOCK_MS: '5000' })
  const run = await start(url, 'compute', { ms: 1, restMs: 12_000 })
  await begun(run)
  await cutSessionOf(run)
  const completed = { status: 'completed', attempt: 1 }
  await expect.poll(() => read(run)).toMatchObject(completed)
  expect(await whats(run)).toEqual(['begun 1'])
})

it('a busy job whose worker loses its connection runs twice, and only the later attempt is recorded', async () => {
  const run = await start(url, 'compute', { ms: 10_000 })
  const { other } = await begun(run)
  await cutSessionOf(run)
  const second = { status: 'completed', attempt: 2, output: { attempt: 2 } }
  await expect.poll(() => read(run)).toMatchObject(second)
  expect(await whats(run)).toEqual(['begun 1', 'begun 2', 'done 2'])
  await expect.poll(() => whats(run)).toContain('done 1')
  await kill(other)
  // One thing at a time: when the first worker has done another job, it has tried to end this one.
  const quick = await start(url, 'quick')
  await expect.poll(() => read(quick)).toMatchObject({ status: 'completed' })
  expect(await read(run)).toMatchObject(second)
})
