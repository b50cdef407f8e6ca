import { createClient, defineQuery } from '@headway/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { query as ask } from './support/database.ts'
import {
  client,
  database,
  gate,
  insert,
  names,
  pool,
  runs,
  url,
  watch,
} from './support/queries-gateway.ts'

describe('a live query', () => {
  it('shows its result, and what it becomes', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    await team.shows([])
    await insert(1, 'Ann')
    await team.shows([{ id: 1, name: 'Ann' }])
    await pool.query(`update users set name = 'Anna' where id = 1`)
    await team.shows([{ id: 1, name: 'Anna' }])
    await pool.query('truncate users')
    await team.shows([])
    expect(team.view()).toMatchObject({ loading: false, stale: false, sync: { status: 'live' } })
    team.stop()
  })

  it('is told nothing when its result is the same', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    const other = watch(client.watch(names.queries.in_team, { team: 'b' }))
    await other.shows([])
    await team.shows([])
    const before = team.seen.length
    await insert(1, 'Bob', 'b')
    await other.shows([{ id: 1, name: 'Bob' }])
    await insert(2, 'Ann')
    await team.shows([{ id: 2, name: 'Ann' }])
    expect(team.seen).toHaveLength(before + 1)
    team.stop()
    other.stop()
  })

  it('is run once for all who ask the same, and once for many changes', async () => {
    const clients = Array.from({ length: 5 }, () => createClient({ url }))
    const teams = clients.map((client) =>
      watch(client.watch(names.queries.in_team, { team: 'many' })),
    )
    for (const team of teams) await team.shows([])
    const before = runs['in_team many'] ?? 0
    // Transactions of their own, so that each has its note; in one request, so that nothing of this
    // process comes between them.
    const inserts = [1, 2, 3, 4, 5].map(
      (id) => `begin; insert into users values (${id}, '${id}', 'many'); commit`,
    )
    await pool.query(inserts.join('; '))
    const rows = [1, 2, 3, 4, 5].map((id) => ({ id, name: `${id}` }))
    for (const team of teams) await team.shows(rows)
    // A change may fall behind the run for those before it.
    expect((runs['in_team many'] ?? 0) - before).toBeLessThanOrEqual(2)
    for (const client of clients) client.close()
  })

  it.each(['declared', 'viewed', 'parted'] as const)(
    'is told of what functions, views and partitions read: %s',
    async (name) => {
      await pool.query('truncate parts')
      const watched = watch(client.watch(defineQuery<undefined, unknown>(name)))
      await watched.shows(name === 'declared' ? 0 : [])
      await insert(1, 'Ann')
      await pool.query(`insert into parts values (1, 'Ann')`)
      await watched.shows(name === 'declared' ? 1 : [{ id: 1, name: 'Ann' }])
      await insert(2, 'Bob')
      await pool.query(`insert into parts_1 values (2, 'Bob')`)
      const both = [
        { id: 1, name: 'Ann' },
        { id: 2, name: 'Bob' },
      ]
      await watched.shows(name === 'declared' ? 2 : both)
      watched.stop()
    },
  )

  it('that fails keeps what it had, and says that it may be old', async () => {
    const watched = watch(client.watch(names.queries.fragile, undefined as never))
    await watched.shows(20)
    await pool.query('update fragile set divisor = 0')
    await expect
      .poll(() => watched.view())
      .toMatchObject({
        data: 20,
        stale: true,
        error: { message: 'The query failed' },
      })
    await pool.query('update fragile set divisor = 10')
    await expect
      .poll(() => watched.view())
      .toMatchObject({
        data: 10,
        stale: false,
        error: null,
      })
    watched.stop()
  })

  it('that is slow keeps no other waiting', async () => {
    await insert(1, 'Ann')
    const slow = Array.from({ length: 8 }, (_, index) =>
      watch(client.watch(names.queries.slow, index as never)),
    )
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    for (const { view } of slow) {
      await expect.poll(() => view().loading).toBe(false)
    }
    let rows = [{ id: 1, name: 'Ann' }]
    const change = async (): Promise<void> => {
      const id = rows.length + 1
      rows = [...rows, { id, name: `n${id}` }]
      await insert(id, `n${id}`)
      await team.shows(rows)
    }
    const isQuick = async (): Promise<boolean> => {
      const before = performance.now()
      await change()
      return performance.now() - before < 500
    }
    // A pause in its last run would make this query a slow one, too: that takes 500 ms.
    while (!(await isQuick()));
    let open = (): void => undefined
    gate.isOpen = new Promise((resolve) => {
      open = resolve
    })
    try {
      await pool.query('update fragile set divisor = 5')
      await expect.poll(() => gate.waiting).toBeGreaterThan(2)
      // None of the slow ones can end meanwhile.
      await change()
    } finally {
      open()
    }
    for (const { stop } of [...slow, team]) stop()
  })

  it('is found again by whoever comes back, without a change in between being lost', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    await team.shows([])
    client.pause()
    await insert(1, 'Ann')
    client.resume()
    await team.shows([{ id: 1, name: 'Ann' }])
    team.stop()
  })

  it('is asked again when nobody has listened for a while', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'a' }))
    await team.shows([])
    await ask(
      database,
      `insert into users values (1, 'Ann', 'a');
       select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await team.shows([{ id: 1, name: 'Ann' }])
    team.stop()
  })

  it('whatever is committed in which order: what is shown last is what is there', async () => {
    const team = watch(client.watch(names.queries.in_team, { team: 'p' }))
    const change = fc.record({
      client: fc.integer({ min: 0, max: 2 }),
      do: fc.constantFrom('insert', 'update', 'delete', 'commit', 'rollback'),
      id: fc.integer({ min: 0, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
        const clients = await Promise.all([0, 1, 2].map(() => pool.connect()))
        // Rows of their own, so that none waits for another: it is the order of their ends that
        // counts.
        for (const one of clients) await one.query('begin')
        for (const { client: index, do: what, id } of changes) {
          const one = clients[index]
          const key = 100 * index + id
          if (what === 'insert') {
            await one?.query(`insert into users values ($1, $2, 'p') on conflict (id) do nothing`, [
              key,
              `n${key}`,
            ])
          }
          if (what === 'update') {
            await one?.query('update users set name = name || $2 where id = $1', [key, id])
          }
          if (what === 'delete') await one?.query('delete from users where id = $1', [key])
          if (what === 'commit' || what === 'rollback') {
            await one?.query(what)
            await one?.query('begin')
          }
        }
        for (const one of [...clients].reverse()) {
          await one.query('commit')
          one.release()
        }
        const { rows } = await pool.query(`select id, name from users where team = 'p' order by id`)
        await team.shows(rows)
      }),
      { numRuns: 25 },
    )
    team.stop()
  })
})
