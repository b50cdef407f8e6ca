import { createClient } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { createGateway } from '../src/index.ts'
import { quiet } from './support/quiet.ts'
import { client, database, names, pool, queries, users, watch } from './support/tables-gateway.ts'

describe('a table that cannot say when it changes', () => {
  it.each([
    ['totals', [{ n: 0 }], 'materialized view'],
    ['catalog', [{ relname: expect.any(String) }], 'system catalog'],
  ] as const)('%s can be called, and is refused to be watched', async (name, result, why) => {
    expect(await client.call(names.queries[name])).toEqual(result)
    const watched = watch(client.watch(names.queries[name], null as never))
    await expect.poll(() => watched.view().error?.message).toContain(why)
    expect(watched.view().error).toMatchObject({ code: 'INVALID_ARGUMENT', status: 400 })
    watched.stop()
  })

  it('can be watched by the tables that `tables` names', async () => {
    const watched = watch(client.watch(names.queries.declared_totals, null as never))
    await watched.shows([{ n: 0 }])
    await pool.query(
      `insert into users values (1, 'a'); refresh materialized view totals; insert into users values (2, 'a')`,
    )
    await watched.shows([{ n: 1 }])
    watched.stop()
  })

  it('a table of another role can be watched once its owner has made the trigger', async () => {
    const { username, pathname } = new URL(database)
    const role = `guest_${pathname.slice(-6)}`
    await pool.query(`
      create role ${role} login password 'guest';
      grant all on schema headway, public to ${role};
      grant all on all tables in schema headway, public to ${role};
      grant create on database ${pathname.slice(1)} to ${role}`)
    const at = new URL(database)
    at.username = role
    at.password = 'guest'
    const guest = await createGateway({ database: at.href, queries, logger: quiet })
    const visitor = createClient({ url: (await guest.listen(0)).url })
    const watched = watch(visitor.watch(names.queries.users, null as never))
    await expect.poll(() => watched.view().sync.reason).toBe('SUBSCRIPTION_FAILED')
    await pool.query(`select headway.watch_table('users')`)
    await watched.shows([])
    await pool.query(`insert into users values (1, 'a')`)
    await watched.shows(users(1))
    watched.stop()
    visitor.close()
    await guest.close()
    await pool.query(`drop owned by ${role}; drop role ${role}`)
    expect(username).not.toBe(role)
  })
})
