import pg from 'pg'
import { expect, it } from 'vitest'
import { endWhenSilent } from '../src/postgres/silence.ts'
import { createDatabase, createDatabaseProxy, query } from './support/database.ts'

/** A connection through a way that can be broken, which may owe an answer for 200 ms. */
async function connect() {
  const database = await createDatabase()
  const { url, proxy } = await createDatabaseProxy(database)
  const client = new pg.Client({ connectionString: url })
  const errors: Error[] = []
  client.on('error', (error) => errors.push(error))
  await client.connect()
  endWhenSilent(client, 200)
  const close = async (): Promise<void> => {
    await proxy.close()
    await client.end().catch(() => undefined)
  }
  return { database, client, errors, proxy, close }
}

it('a dead connection that owes an answer is ended, and its statements fail', async () => {
  const { client, errors, proxy, close } = await connect()
  proxy.freeze()
  const asked = [client.query('select 1'), client.query('select 2')]
  for (const answer of await Promise.allSettled(asked)) {
    expect(answer).toMatchObject({ status: 'rejected' })
  }
  expect(String(errors[0])).toContain('silent for 200 ms')
  await close()
})

it('a connection that is idle, or waits for notifications, may be silent', async () => {
  const { database, client, errors, close } = await connect()
  const heard: unknown[] = []
  client.on('notification', ({ payload }) => heard.push(payload))
  await client.query('listen somewhere')
  // Longer than it may owe an answer.
  await query(database, 'select pg_sleep(0.6)')
  await query(database, `notify somewhere, 'still there'`)
  await expect.poll(() => heard).toEqual(['still there'])
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  expect(errors).toEqual([])
  await close()
})
