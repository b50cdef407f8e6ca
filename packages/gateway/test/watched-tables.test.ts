import { describe, expect, it } from 'vitest'
import { ids, stories, tell } from './support/table-stories.ts'
import { client, names, pool, users, watch } from './support/tables-gateway.ts'

describe('a live query runs again when', () => {
  it.each(stories)('%s', async (_, name, input, before, change, after, next, last) => {
    const watched = watch(client.watch(names.queries[name as 'users'], input as never))
    await watched.shows(before)
    await tell(change)
    await watched.shows(after)
    if (next) await tell(next)
    await watched.shows(next ? last : after)
    watched.stop()
  })

  it('its table is emptied, dropped, and made again', async () => {
    await pool.query(`insert into users values (1, 'a')`)
    const watched = watch(client.watch(names.queries.users, null as never))
    await watched.shows(users(1))
    await pool.query('truncate users')
    await watched.shows([])
    await pool.query('drop table users cascade')
    await expect.poll(() => watched.view().stale).toBe(true)
    await pool.query(
      `create table users (id integer, name text); insert into users values (2, 'a')`,
    )
    await expect.poll(() => watched.view().data).toEqual(users(2))
    expect(watched.view()).toMatchObject({ stale: false, error: null })
    watched.stop()
  })

  it('another client watches it after its table was swapped', async () => {
    const first = watch(client.watch(names.queries.users, null as never))
    await first.shows([])
    first.stop()
    await pool.query('alter table users rename to old; create table users (id integer, name text)')
    const second = watch(client.watch(names.queries.users, null as never))
    await second.shows([])
    await pool.query(`insert into users values (1, 'a')`)
    await second.shows(users(1))
    second.stop()
  })

  it('another input reads another partition than the first', async () => {
    const low = watch(client.watch(names.queries.one_part, 1 as never))
    await low.shows([])
    const high = watch(client.watch(names.queries.one_part, 11 as never))
    await high.shows([])
    await pool.query(`insert into parts_2 values (11, 'a')`)
    await high.shows([{ name: 'a' }])
    low.stop()
    high.stop()
  })

  it('the first input lets the planner leave the table out', async () => {
    const hidden = watch(client.watch(names.queries.guarded, 'hidden' as never))
    await hidden.shows([])
    const shown = watch(client.watch(names.queries.guarded, 'shown' as never))
    await shown.shows([])
    await pool.query(`insert into users values (1, 'a')`)
    await shown.shows(ids(1))
    hidden.stop()
    shown.stop()
  })
})
