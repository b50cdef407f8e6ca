import { randomUUID } from 'node:crypto'
import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import { expect, it, vi } from 'vitest'
import type { EngineConnection, TaskState } from '../src/engines/engine.ts'
import { createHandOverStore } from '../src/runs/hand-over-store.ts'
import { reconcile, startReconciling } from '../src/runs/reconcile.ts'
import { query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { database, insert, place, pools, read, recorder } from './support/reconciled-runs.ts'

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
