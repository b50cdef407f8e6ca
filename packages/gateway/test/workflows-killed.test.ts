import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createClient, defineWorkflow, type WorkflowHandle } from '@headway/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { dbos } from '../src/dbos.ts'
import { createGateway, type Gateway } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'
import { createEffects, createWorkflows, effectsOf, openGate } from './support/workflows.ts'

let database: string
let gateway: Gateway
let client: ReturnType<typeof createClient>
let children: ChildProcess[] = []

const work = async (env: Record<string, string> = {}): Promise<ChildProcess> => {
  // DBOS uses what the driver will not support for ever, and each process would say so.
  const NODE_OPTIONS = '--disable-warning=DeprecationWarning'
  const own = { DATABASE: database, NODE_OPTIONS, ...env }
  const started = await startProcess('./workflow-worker.ts', own)
  children.push(started.child)
  return started.child
}
const start = (name: string, args: unknown = {}): WorkflowHandle<unknown> =>
  client.start(defineWorkflow<unknown, unknown>(name), args)
const idOf = (handle: WorkflowHandle<unknown>): string => handle.getSnapshot().workflowId
const stepsOf = (handle: WorkflowHandle<unknown>): string[] =>
  handle.getSnapshot().steps.map(({ name, status }) => `${name} ${status}`)
/** What a handle shows comes to be as described. */
const shows = (handle: WorkflowHandle<unknown>, view: object): Promise<void> =>
  expect.poll(() => handle.getSnapshot()).toMatchObject(view)

beforeAll(async () => {
  database = await createDatabase()
  await createEffects(database)
  const workflows = createWorkflows(database)
  const [deadly, computing] = [workflows.greet, workflows.greet]
  gateway = await createGateway({
    database,
    workflows: { ...workflows, deadly, computing },
    workflowEngine: dbos(),
    logger: quiet,
  })
  client = createClient({ url: (await gateway.listen(0)).url })
})
afterEach(async () => {
  await Promise.all(children.map(kill))
  children = []
})
afterAll(async () => {
  client?.close()
  await gateway?.close()
})

describe('a worker that is killed', () => {
  it('in a step: another does that step again, and none of those before', async () => {
    const worker = await work()
    const handle = start('order', { gateAt: 'charge' })
    await shows(handle, { step: 'charge' })
    await kill(worker)
    await openGate(database, `${idOf(handle)}/charge`)
    await work()
    await handle.result
    expect(handle.getSnapshot().attempt).toBe(1)
    expect(await effectsOf(database, idOf(handle))).toEqual(['reserve', 'charge', 'ship', 'thank'])
  })

  it('between steps: another goes on there', async () => {
    const worker = await work()
    const handle = start('plain', { gateAt: 'between' })
    await expect.poll(() => stepsOf(handle)[0]).toBe('one completed')
    await kill(worker)
    await openGate(database, `${idOf(handle)}/between`)
    await work()
    await handle.result
    expect(await effectsOf(database, idOf(handle))).toEqual(['one', 'two', 'three'])
  })

  it('in a wait: an event that came meanwhile ends it', async () => {
    const worker = await work()
    const handle = start('verify')
    await shows(handle, { status: 'waiting' })
    await kill(worker)
    await client.sendEvent(defineWorkflow('verify'), idOf(handle), 'clicked', 'in between')
    await work()
    expect(await handle.result).toBe('in between')
    expect(await effectsOf(database, idOf(handle))).toEqual(['mail', 'activate'])
  })

  it.each([
    [0, 0],
    [60_000, 0],
    [0, 60_000],
  ])(
    'in a sleep: it ends when it was to end, with clocks %i and %i ms ahead',
    async (its, next) => {
      const worker = await work({ SHIFT_MS: String(its) })
      const handle = start('sleeper', { ms: 4_000 })
      await expect.poll(() => stepsOf(handle)).toContain('before completed')
      await kill(worker)
      await work({ SHIFT_MS: String(next) })
      await handle.result
      const [row] = await query<{ ms: number }>(
        database,
        `select extract(epoch from max(started_at) - min(finished_at)) * 1000 as ms
         from headway.step where run_id = $1 and name in ('before', 'after')`,
        [idOf(handle)],
      )
      expect(Number(row?.ms)).toBeGreaterThan(3_900)
      expect(await effectsOf(database, idOf(handle))).toEqual(['before', 'after'])
    },
  )

  it('while it undoes: another undoes the rest, in the same order', async () => {
    const worker = await work()
    const handle = start('order', { fail: 'ship', gateAt: 'undo charge' })
    await shows(handle, { status: 'compensating', step: 'charge' })
    await kill(worker)
    await openGate(database, `${idOf(handle)}/undo charge`)
    await work()
    await shows(handle, { status: 'compensated', error: 'ship failed' })
    expect(await effectsOf(database, idOf(handle))).toEqual([
      'reserve',
      'charge',
      'undo charge',
      'undo reserve',
    ])
  })

  it('while it undoes what was cancelled: it stays cancelled', async () => {
    const worker = await work()
    const handle = start('order', { gateAt: 'ship' })
    await shows(handle, { step: 'ship' })
    await kill(worker)
    await handle.cancel('no more')
    await work()
    await shows(handle, { status: 'compensated', phase: 'cancelled', error: 'no more' })
    expect(await effectsOf(database, idOf(handle))).toEqual([
      'reserve',
      'charge',
      'undo charge',
      'undo reserve',
    ])
  })

  it('after a retry began: what was done before the failure is known all the same', async () => {
    const worker = await work()
    const handle = start('order', { fail: 'ship', gateAt: 'thank' })
    await shows(handle, { status: 'compensated' })
    await kill(worker)
    await handle.retry()
    await shows(handle, { status: 'created', attempt: 2 })
    await work()
    await handle.result
    expect((await effectsOf(database, idOf(handle))).slice(4)).toEqual([
      'reserve',
      'charge',
      'ship',
      'thank',
    ])
  })

  it('and replaced by a new version: what is done stays done, and what is new is done', async () => {
    const worker = await work()
    const handle = start('verify')
    await shows(handle, { status: 'waiting' })
    await kill(worker)
    await work({ VERSION: '2' })
    await expect
      .poll(() => stepsOf(handle))
      .toEqual(['check completed', 'mail completed', 'clicked running', 'welcome pending'])
    await client.sendEvent(defineWorkflow('verify'), idOf(handle), 'clicked', 'new')
    expect(await handle.result).toBe('new')
    expect(await effectsOf(database, idOf(handle))).toEqual(['mail', 'check', 'welcome'])
  })

  it('again and again by the same workflow, which says news of itself: after five it is given up', async () => {
    const handle = start('deadly', { name: 'nobody' })
    for (let death = 0; death < 5; death += 1) {
      const worker = await work({ LEASE_MS: '300' })
      if (worker.exitCode === null) await once(worker, 'exit')
    }
    await work({ LEASE_MS: '300' })
    await shows(handle, {
      status: 'failed',
      error: 'It was given up: 5 workers in a row died while they ran it',
    })
  })
})

describe('two workers', () => {
  it('do each step once, of many workflows', async () => {
    await Promise.all([work(), work()])
    const handles = Array.from({ length: 60 }, () => start('order'))
    await Promise.all(handles.map(({ result }) => result))
    for (const handle of handles) {
      expect(await effectsOf(database, idOf(handle))).toEqual([
        'reserve',
        'charge',
        'ship',
        'thank',
      ])
    }
    const [row] = await query<{ most: number }>(
      database,
      'select max(claims) as most from headway.run',
    )
    expect(row?.most).toBeGreaterThan(0)
  })

  it('leave each other what is alive, however long it takes', async () => {
    await work({ LEASE_MS: '5000' })
    const handle = start('order', { gateAt: 'charge' })
    await shows(handle, { step: 'charge' })
    await work({ LEASE_MS: '5000' })
    // Both are seen when two leases have passed in the life of the second worker.
    const [later] = await query<{ at: Date }>(database, "select now() + interval '10 s' as at")
    const seen = 'select count(*)::integer as count from headway.executor where seen_at > $1'
    await expect
      .poll(async () => (await query<{ count: number }>(database, seen, [later?.at]))[0]?.count)
      .toBe(2)
    const claims = 'select claims from headway.run where id = $1'
    expect((await query<{ claims: number }>(database, claims, [idOf(handle)]))[0]?.claims).toBe(1)
    await openGate(database, `${idOf(handle)}/charge`)
    await handle.result
    expect(await effectsOf(database, idOf(handle))).toEqual(['reserve', 'charge', 'ship', 'thank'])
  })

  it('leave each other what keeps a process busy for several leases', async () => {
    await Promise.all([work({ LEASE_MS: '300' }), work({ LEASE_MS: '300' })])
    const handle = start('computing', { name: 'nobody' })
    const late = `select count(*)::integer as count from headway.executor
                   where seen_at < now() - 3 * lease_ms * interval '1 millisecond'`
    const isLate = async () => (await query<{ count: number }>(database, late))[0]?.count
    await expect.poll(isLate).toBe(1)
    await shows(handle, { status: 'completed' })
    expect(await effectsOf(database, idOf(handle))).toEqual(['compute'])
    const claims = 'select claims, losses from headway.run where id = $1'
    expect(await query(database, claims, [idOf(handle)])).toEqual([{ claims: 1, losses: 0 }])
  })

  it('one that was only taken for dead does not go on with what another has', async () => {
    await work()
    const handle = start('order', { gateAt: 'charge' })
    await shows(handle, { step: 'charge' })
    // As if it had not been heard of for a while.
    await query(
      database,
      `with gone as (delete from headway.executor returning id)
      update headway.run set executor = null from gone where executor = gone.id`,
    )
    await work()
    const taken = async (): Promise<unknown> =>
      (
        await query(
          database,
          'select claims, executor is not null as is_taken from headway.run where id = $1',
          [idOf(handle)],
        )
      )[0]
    await expect.poll(taken).toEqual({ claims: 2, is_taken: true })
    await openGate(database, `${idOf(handle)}/charge`)
    await handle.result
    const effects = await effectsOf(database, idOf(handle))
    expect(effects.filter((name) => name === 'ship')).toHaveLength(1)
    expect(effects.filter((name) => name === 'thank')).toHaveLength(1)
  })

  it('one that closes lets its step end, and the other goes on at once', async () => {
    const first = await work({ LEASE_MS: '60000' })
    const handle = start('order', { gateAt: 'charge' })
    const waiting = start('verify')
    await shows(handle, { step: 'charge' })
    await shows(waiting, { status: 'waiting' })
    const gone = once(first, 'exit')
    first.send('close')
    await work({ LEASE_MS: '60000' })
    await openGate(database, `${idOf(handle)}/charge`)
    await gone
    await handle.result
    await client.sendEvent(defineWorkflow('verify'), idOf(waiting), 'clicked', 'late')
    expect(await waiting.result).toBe('late')
    expect(await effectsOf(database, idOf(handle))).toEqual(['reserve', 'charge', 'ship', 'thank'])
  })
})
