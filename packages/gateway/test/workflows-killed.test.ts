import { once } from 'node:events'
import { defineWorkflow, type WorkflowHandle } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { client, database, idOf, shows, start, work } from './support/killed-workers.ts'
import { kill } from './support/process.ts'
import { effectsOf, openGate } from './support/workflows.ts'

const stepsOf = (handle: WorkflowHandle<unknown>): string[] =>
  handle.getSnapshot().steps.map(({ name, status }) => `${name} ${status}`)

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
    const ship = handle.getSnapshot().steps.find(({ name }) => name === 'ship')
    const finishedAt = expect.any(Number)
    expect(ship).toMatchObject({ status: 'cancelled', error: 'no more', finishedAt })
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
