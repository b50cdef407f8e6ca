import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createGateway } from '../src/index.ts'
import { createWatchedTables, type WatchedTables } from '../src/queries/watched-tables.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

let pool: pg.Pool
let watched: WatchedTables
/** What happens after the next read of the tables that names stand for, before its answer is used. */
let meanwhile: (() => Promise<unknown>) | null

beforeEach(async () => {
  const database = await createDatabase()
  pool = new pg.Pool({ connectionString: database })
  await (await createGateway({ database, logger: quiet })).close()
  await pool.query('create table a (id integer); create table b (id integer)')
  meanwhile = null
  watched = createWatchedTables(slowPool())
  await watched.named(['a'])
})
afterEach(() => pool.end())

/** The same pool, where something may happen between a read of tables and its answer. */
function slowPool(): pg.Pool {
  const query = async (text: string, values: unknown[]): Promise<unknown> => {
    const answer = await pool.query(text, values)
    const happens = text.includes('to_regclass') ? meanwhile : null
    if (happens) {
      meanwhile = null
      await happens()
    }
    return answer
  }
  return Object.assign(Object.create(pool), { query })
}
const swap = (name: string) =>
  pool.query(`alter table ${name} rename to old_${name}; create table ${name} (id integer)`)
const idOf = async (name: string): Promise<string> => {
  const { rows } = await pool.query('select $1::regclass::oid::text as id', [name])
  return rows[0].id
}

it('a table that is met while others are checked has not moved', async () => {
  meanwhile = () => watched.named(['b'])
  expect(await watched.checkMoved()).toBe(false)
  expect(await watched.checkMoved()).toBe(false)
})

it('a table that is met while others are checked, and swapped before they are, has moved', async () => {
  meanwhile = async () => {
    await watched.named(['b'])
    await swap('b')
  }
  expect(await watched.checkMoved()).toBe(false)
  expect(await watched.checkMoved()).toBe(true)
  expect(await watched.named(['b'])).toEqual([await idOf('b')])
  expect(await watched.checkMoved()).toBe(false)
})

it('a table that is met while another is found to have moved is met anew, and watched after', async () => {
  await swap('a')
  meanwhile = () => watched.named(['b'])
  expect(await watched.checkMoved()).toBe(true)
  await watched.named(['a', 'b'])
  expect(await watched.checkMoved()).toBe(false)
  await swap('b')
  expect(await watched.checkMoved()).toBe(true)
})
