import pg from 'pg'
import { expect, it } from 'vitest'
import { endWhenSilent } from '../src/postgres/silence.ts'
import { createDatabase, createDatabaseProxy, query } from './support/database.ts'

const limitMs = 2_000

/** A connection through a way that can be broken, which may owe an answer for `limitMs`. */
async function connect() {
  const database = await createDatabase()
  const { url, proxy } = await createDatabaseProxy(database)
  const client = new pg.Client({ connectionString: url })
  const errors: Error[] = []
  client.on('error', (error) => errors.push(error))
  await client.connect()
  endWhenSilent(client, limitMs)
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
  expect(String(errors[0])).toContain(`silent for ${limitMs} ms`)
  await close()
})

it('a connection that is idle, or waits for notifications, may be silent', async () => {
  const { database, client, errors, close } = await connect()
  const heard: unknown[] = []
  client.on('notification', ({ payload }) => heard.push(payload))
  await client.query('listen somewhere')
  // Longer than it may owe an answer.
  await query(database, 'select pg_sleep(2.5)')
  await query(database, `notify somewhere, 'still there'`)
  await expect.poll(() => heard).toEqual(['still there'])
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  expect(errors).toEqual([])
  await close()
})

it('what has come while the process was busy for longer is read, and no silence', async () => {
  // Not through the way that can be broken: this process is its other end.
  const client = new pg.Client({ connectionString: await createDatabase() })
  const errors: Error[] = []
  client.on('error', (error) => errors.push(error))
  await client.connect()
  endWhenSilent(client, limitMs)
  const asked = client.query('select pg_sleep(0.1), 1 as one')
  await new Promise((sent) => setImmediate(sent))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * limitMs)
  expect((await asked).rows).toMatchObject([{ one: 1 }])
  expect(errors).toEqual([])
  await client.end()
})

it('an idle connection that is asked once it was silent for as long has the time to answer', async () => {
  const client = new pg.Client({ connectionString: await createDatabase() })
  const errors: Error[] = []
  client.on('error', (error) => errors.push(error))
  await client.connect()
  endWhenSilent(client, limitMs)
  // After a pause of the process both are due at once: first the silence, then whoever asks.
  const asked = new Promise((resolve, reject) => {
    setTimeout(
      () => client.query('select pg_sleep(0.1), 1 as one').then(resolve, reject),
      limitMs + 1,
    )
  })
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, limitMs + 500)
  expect(await asked).toMatchObject({ rows: [{ one: 1 }] })
  expect(errors).toEqual([])
  await client.end()
})
