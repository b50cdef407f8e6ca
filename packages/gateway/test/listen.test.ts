import pg from 'pg'
import { expect, it } from 'vitest'
import { type ListenEvent, listen } from '../src/postgres/listen.ts'
import { createDatabase, createDatabaseProxy, query } from './support/database.ts'

/** A listener whose connection can be broken; what it hears and loses. */
async function createListener() {
  const database = await createDatabase()
  const { url, proxy } = await createDatabaseProxy(database)
  const pool = new pg.Pool({ connectionString: database })
  const heard: ListenEvent[] = []
  const lost: unknown[] = []
  const subscription = listen(
    { database: url, pool },
    ['a_channel', 'b_channel'],
    (error) => lost.push(error),
    { everyMs: 100, answerMs: 1_000 },
  ).subscribe((event) => heard.push(event))
  const listening = () => heard.filter(({ type }) => type === 'listening').length
  await expect.poll(listening).toBe(1)
  const notify = (channel: string, payload: string) =>
    query(database, 'select pg_notify($1, $2)', [channel, payload])
  const stop = async (): Promise<void> => {
    subscription.unsubscribe()
    await proxy.close()
    await pool.end()
  }
  return { database, proxy, heard, lost, listening, notify, stop }
}

it('hears each channel, and which it was', async () => {
  const { heard, notify, stop } = await createListener()
  await notify('a_channel', '1')
  await notify('b_channel', '2')
  await expect
    .poll(() => heard.slice(1))
    .toEqual([
      { type: 'notification', channel: 'a_channel', payload: '1' },
      { type: 'notification', channel: 'b_channel', payload: '2' },
    ])
  await stop()
})

it('listens again when its backend is terminated', async () => {
  const { database, heard, lost, listening, notify, stop } = await createListener()
  const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1`
  await query(database, terminate, ['headway:a_channel'])
  await expect.poll(listening).toBe(2)
  expect(lost).toHaveLength(1)
  await notify('a_channel', 'again')
  await expect.poll(() => heard.at(-1)).toMatchObject({ payload: 'again' })
  await stop()
})

it('finds out that a connection is there no more which does not say so, and listens again', async () => {
  const { proxy, heard, lost, listening, notify, stop } = await createListener()
  proxy.freeze()
  await expect.poll(() => lost.length).toBeGreaterThan(0)
  expect(String(lost[0])).toContain('did not arrive')
  proxy.heal()
  await expect.poll(listening).toBeGreaterThan(1)
  await notify('b_channel', 'again')
  await expect.poll(() => heard.at(-1)).toMatchObject({ payload: 'again' })
  await stop()
})

it('one that does not hear its own notes any more is lost, although its connection is there', async () => {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database })
  let isSwallowed = false
  const sent = (text: string, values: unknown[]) =>
    // Like a pooler that has lent the session to another client.
    pool.query(text, isSwallowed ? ['somewhere_else', values[1]] : values)
  const heard: ListenEvent[] = []
  const lost: unknown[] = []
  const subscription = listen(
    { database, pool: { query: sent } as unknown as pg.Pool },
    ['a_channel'],
    (error) => lost.push(error),
    { everyMs: 50, answerMs: 200 },
  ).subscribe((event) => heard.push(event))
  await expect.poll(() => heard).toEqual([{ type: 'listening' }])
  isSwallowed = true
  await expect.poll(() => lost.length).toBeGreaterThan(1)
  expect(String(lost[0])).toContain('did not arrive')
  expect(heard).toHaveLength(1)
  isSwallowed = false
  await expect.poll(() => heard.length).toBeGreaterThan(1)
  subscription.unsubscribe()
  await pool.end()
})

it('while nobody waits it checks seldom, and soon again once somebody does', async () => {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database })
  let notes = 0
  let looks = 0
  let isQuiet = true
  const counted = (text: string, values: unknown[]) => {
    notes += 1
    return pool.query(text, values)
  }
  const heard: ListenEvent[] = []
  const subscription = listen(
    { database, pool: { query: counted } as unknown as pg.Pool },
    ['a_channel'],
    () => undefined,
    {
      everyMs: 10,
      answerMs: 1_000,
      quietMs: 200,
      isQuiet() {
        looks += 1
        return isQuiet
      },
    },
  ).subscribe((event) => heard.push(event))
  await expect.poll(() => heard).toEqual([{ type: 'listening' }])
  await expect.poll(() => looks).toBeGreaterThanOrEqual(60)
  // One to begin with, and one in 20 looks.
  expect(notes).toBe(1 + Math.floor(looks / 20))
  isQuiet = false
  const [notesBefore, looksBefore] = [notes, looks]
  await expect.poll(() => notes).toBeGreaterThan(notesBefore + 5)
  expect(looks - looksBefore).toBeLessThanOrEqual(notes - notesBefore + 1)
  subscription.unsubscribe()
  await pool.end()
})

it('a failed check does not stop it: it goes on listening', async () => {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database, max: 1 })
  const heard: ListenEvent[] = []
  const lost: unknown[] = []
  let asked = 0
  const counted = (text: string, values: unknown[]) => {
    asked += 1
    return pool.query(text, values)
  }
  const subscription = listen(
    { database, pool: { query: counted } as unknown as pg.Pool },
    ['a_channel'],
    (error) => lost.push(error),
    { everyMs: 20, answerMs: 2_000 },
  ).subscribe((event) => heard.push(event))
  await expect.poll(() => heard).toEqual([{ type: 'listening' }])
  const busy = await pool.connect()
  const before = asked
  await expect.poll(() => asked).toBeGreaterThan(before)
  // Longer than a note may take.
  await query(database, 'select pg_sleep(3)')
  await query(database, `select pg_notify('a_channel', 'still there')`)
  await expect.poll(() => heard.at(-1)).toMatchObject({ payload: 'still there' })
  expect(lost).toEqual([])
  busy.release()
  subscription.unsubscribe()
  await pool.end()
})

it('the first time, what keeps it from listening is an error, and not tried again', async () => {
  const pool = new pg.Pool({ connectionString: await createDatabase() })
  const database = 'postgresql://nobody@127.0.0.1:1/none'
  const events: unknown[] = []
  await new Promise<void>((resolve) => {
    listen({ database, pool }, ['a_channel'], () => events.push('lost')).subscribe({
      error(error) {
        events.push(error.code)
        resolve()
      },
    })
  })
  expect(events).toEqual(['ECONNREFUSED'])
  await pool.end()
})
