import { once } from 'node:events'
import { defineWorkflow } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { client, database, idOf, shows, start, work } from './support/killed-workers.ts'
import { effectsOf, openGate } from './support/workflows.ts'

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
