import pg from 'pg'
import { expect, it } from 'vitest'
import { type Heard, listen } from '../src/postgres/listen.ts'
import { createDatabase, createDatabaseProxy, query } from './support/database.ts'

/** A listener whose connection can be broken; what it hears and loses. */
async function createListener() {
  const database = await createDatabase()
  const { url, proxy } = await createDatabaseProxy(database)
  const pool = new pg.Pool({ connectionString: database })
  const heard: Heard[] = []
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
  expect(String(lost[0])).toContain('gave no answer')
  proxy.heal()
  await expect.poll(listening, { timeout: 10_000 }).toBeGreaterThan(1)
  await notify('b_channel', 'again')
  await expect.poll(() => heard.at(-1)).toMatchObject({ payload: 'again' })
  await stop()
})
