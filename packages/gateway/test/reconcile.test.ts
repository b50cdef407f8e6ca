import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineConnection, EngineWorker } from '../src/engines/engine.ts'
import { createCancellations } from '../src/runs/cancellations.ts'
import { createHandOverStore, type HandOverStore } from '../src/runs/hand-over-store.ts'
import { drawHolder, holdStatements } from '../src/runs/holder.ts'
import { reconcile } from '../src/runs/reconcile.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'
import {
  database,
  insert,
  options,
  type place,
  pools,
  read,
  recorder,
  teardown,
} from './support/reconciled-runs.ts'
import { testEngine } from './support/test-engine.ts'

const lost = 'The queue has ended this job, but its result was never recorded'

describe.each([
  ['BullMQ', () => testEngine(database, { queue: 'test' })],
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
