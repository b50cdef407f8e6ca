import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import type { EngineConnection, EngineWorker, TaskState } from '../src/engines/engine.ts'
import { createPools, type Pools } from '../src/postgres/pools.ts'
import { createCancellations } from '../src/runs/cancellations.ts'
import { createHandOverStore, type HandOverStore } from '../src/runs/hand-over-store.ts'
import { drawHolder, holdStatements } from '../src/runs/holder.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createProgressWriter } from '../src/runs/progress-writer.ts'
import { reconcile, startReconciling } from '../src/runs/reconcile.ts'
import { createRecorder, type Recorder } from '../src/runs/recorder.ts'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { createDatabase, query } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

const options = {
  attempts: 1,
  backoff: { type: 'fixed', delayMs: 1 },
  priority: 0,
  delayMs: 0,
} as const
const lost = 'The queue has ended this job, and its outcome was never recorded'

let database: string
let pools: Pools
let recorder: Recorder
let teardown: Teardown
beforeEach(async () => {
  teardown = createTeardown()
  database = await createDatabase()
  pools = createPools(database, quiet)
  teardown.defer(pools.close)
  await migrate(pools.durable, { database, migrate: true, logger: quiet })
  recorder = createRecorder(pools.durable, createProgressWriter(pools.progress, quiet))
})
afterEach(() => teardown.run())

const place = { engine: 'bullmq', queue: 'test' }
const insert = async (id: string = randomUUID(), where = place): Promise<string> => {
  const run = { id, name: 'test', owner: null, idempotencyKey: null, args: null, ...where, options }
  await recorder.start(run)
  return id
}
const read = async (id: string) => {
  const text =
    'select status, attempt, error, handed_over_at is null as "isLeftOver" from headway.run where id = $1'
  return (await query(database, text, [id]))[0]
}

describe.each([
  ['BullMQ', () => bullmq({ queue: 'test' })],
  ['in memory', memoryEngine],
])('with %s', (_, createEngine) => {
  let engine: EngineConnection
  let store: HandOverStore
  let working: EngineWorker | undefined
  let where: typeof place
  beforeEach(async () => {
    const made = createEngine()
    where = { engine: made.name, queue: made.queue }
    engine = await made.connect(database, quiet)
    teardown.defer(() => engine.close())
    store = createHandOverStore(pools.durable, where)
    working = undefined
  })
  afterEach(() => working?.close())

  const started = async (isKnown: boolean): Promise<string> => {
    const id = await insert(randomUUID(), where)
    if (isKnown) await engine.enqueue({ id, runId: id, name: 'test', args: null, ...options })
    await store.note(id, id)
    return id
  }
  /** Takes everything off the queue, and leaves the rows as they are. */
  const endAll = async (ids: string[]): Promise<void> => {
    const execute = async () => ({ type: 'done' }) as const
    working = await engine.work({ concurrency: 1 }, { execute, abandoned: async () => undefined })
    await expect.poll(() => engine.statesOf(ids)).toEqual(ids.map(() => 'ended'))
  }
  const compare = (mine = { holder: null as number | null, running: (): string[] => [] }) =>
    reconcile({ store, recorder, engine, mine, logger: quiet }, 0, null)

  it('a run that the queue has ended ends, and one that it has lost is handed over again, in every state', async () => {
    const ids = [await started(true), await started(true), await started(true), await started(true)]
    const [pending = '', running = '', again = '', cancelled = ''] = ids
    const [never, taken, untouched] = [
      await started(false),
      await started(false),
      await started(true),
    ]
    for (const id of [running, cancelled, taken]) {
      await recorder.claim(id, id, drawHolder())
      await recorder.begin(id, 1)
    }
    await recorder.cancel(cancelled, 'enough')
    await recorder.claim(again, again)
    await recorder.finish(again, 1, { status: 'retry', error: 'no' })
    await engine.remove(untouched)
    await endAll(ids)
    await engine.enqueue({
      id: untouched,
      runId: untouched,
      name: 'test',
      args: null,
      ...options,
      delayMs: 60_000,
    })
    await compare()
    const error = expect.stringContaining(lost)
    expect(await read(pending)).toMatchObject({ status: 'failed', error })
    expect(await read(running)).toMatchObject({ status: 'failed', error })
    expect(await read(again)).toMatchObject({ status: 'failed', error })
    expect(await read(cancelled)).toMatchObject({ status: 'cancelled', error: 'enough' })
    expect(await read(never)).toMatchObject({ status: 'pending', isLeftOver: true })
    expect(await read(taken)).toMatchObject({ status: 'running', isLeftOver: true })
    expect(await read(untouched)).toMatchObject({ status: 'pending', isLeftOver: false })
    const left = (await store.readLeftOver([], 0)).map(({ runId }) => runId)
    expect(left.toSorted()).toEqual([never, taken].toSorted())
    // The queue takes it as if it were new, and its worker as a later attempt.
    for (const id of [never, taken]) {
      await engine.enqueue({ id, runId: id, name: 'test', args: null, ...options, delayMs: 60_000 })
      await store.note(id, id)
    }
    expect(await compare()).not.toBeNull()
    expect(await store.readLeftOver([], 0)).toEqual([])
  })

  it('runs of living workers are left alone, but not those that this worker has forgotten', async () => {
    const holder = drawHolder()
    const source = { database, pool: pools.durable, session: () => holdStatements(holder) }
    const { close } = await createCancellations(source, recorder, quiet)
    teardown.defer(async () => close())
    const [run, forgotten] = [await started(true), await started(true)]
    for (const id of [run, forgotten]) await recorder.claim(id, id, holder)
    await endAll([run, forgotten])
    await compare()
    expect(await read(run)).toMatchObject({ status: 'claimed' })
    await compare({ holder, running: () => [run] })
    expect(await read(run)).toMatchObject({ status: 'claimed' })
    expect(await read(forgotten)).toMatchObject({ status: 'failed' })
  })
})

/** A queue that says of each what a test wants it to. */
const saying = (say: (ids: readonly string[]) => TaskState[] | Promise<TaskState[]>) => ({
  statesOf: async (ids: readonly string[]) => say(ids),
})
const tools = (engine: Pick<EngineConnection, 'statesOf'>, logger: Logger = quiet) => ({
  store: createHandOverStore(pools.durable, place),
  recorder,
  engine,
  mine: { holder: null, running: () => [] },
  logger,
})
const noted = async (id?: string): Promise<string> => {
  const run = await insert(id)
  await createHandOverStore(pools.durable, place).note(run, run)
  return run
}

it.each(['ended', 'unknown'] as const)(
  'a run that changes while its queue answers %s stays as its worker left it',
  async (state) => {
    const id = await noted()
    const engine = saying(async () => {
      await recorder.claim(id, id)
      return [state]
    })
    await reconcile(tools(engine), 0, null)
    expect(await read(id)).toMatchObject({ status: 'claimed', isLeftOver: false })
  },
)

it('does not ask about runs of other queues, new runs, and runs that were not handed over yet', async () => {
  await insert()
  const asked = vi.fn((ids: readonly string[]) => ids.map(() => 'ended' as const))
  const other = randomUUID()
  const elsewhere = { engine: 'bullmq', queue: 'other' }
  await insert(other, elsewhere)
  await createHandOverStore(pools.durable, elsewhere).note(other, other)
  expect(await reconcile(tools(saying(asked)), 0, null)).toBeNull()
  await noted()
  expect(await reconcile(tools(saying(asked)), 60_000, null)).toBeNull()
  expect(asked).not.toHaveBeenCalled()
})

it('goes through any number of runs in parts, and logs nothing when nothing differs', async () => {
  const ids = Array.from({ length: 450 }, () => randomUUID()).toSorted()
  await Promise.all(ids.map(noted))
  // As after a retry, its queue knows each by another id.
  const renamed = `update headway.run set engine_id = md5(id::text) returning id, engine_id as task`
  const tasks = await query<{ id: string; task: string }>(database, renamed)
  const taskOf = new Map(tasks.map(({ id, task }) => [id, task]))
  const expected = ids.map((id) => taskOf.get(id))
  const lines: string[] = []
  const write = (line: Buffer, _: unknown, done: () => void): void => {
    lines.push(String(line))
    done()
  }
  const asked: string[] = []
  const engine = saying((some) => {
    asked.push(...some)
    return some.map(() => 'waiting')
  })
  const logger = pino({ level: 'trace' }, new Writable({ write }))
  const { close } = startReconciling(tools(engine, logger), { everyMs: 5, afterMs: 0 })
  // All of them, and then from the first again.
  await expect.poll(() => asked.length).toBeGreaterThan(450)
  close()
  expect(asked.slice(0, 450)).toEqual(expected)
  expect(asked.slice(450, 650)).toEqual(expected.slice(0, 200))
  expect(lines).toEqual([])
})

it('a queue that cannot be asked is asked again', async () => {
  const id = await noted()
  let isDown = true
  const engine = saying((ids) => {
    if (isDown) throw new Error('no queue')
    return ids.map(() => 'ended')
  })
  const warned = vi.fn()
  const logger = { warn: warned } as unknown as Logger
  const { close } = startReconciling(tools(engine, logger), { everyMs: 5, afterMs: 0 })
  await expect.poll(() => warned.mock.calls.length).toBeGreaterThan(1)
  isDown = false
  await expect.poll(() => read(id)).toMatchObject({ status: 'failed' })
  close()
})
