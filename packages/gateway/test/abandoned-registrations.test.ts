import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { start } from '@headway/conformance/wire'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, query as defineQuery, job } from '../src/index.ts'
import { createTeardown } from '../src/teardown.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/*
 * A client gives a registration up, and registers once more. The request that it gave up arrives
 * late: it replaces the newer registration, and its answer reaches nobody.
 */

const teardown = createTeardown()
let database: string
let server: Server
let url: string
beforeAll(async () => {
  database = await createDatabase()
  await query(database, 'create table note (text text)')
  const notes = defineQuery({ run: ({ sql }) => sql`select text from note` })
  const gateway = await createGateway({
    database,
    engine: bullmq(),
    jobs: { plain: job({ run: () => null }) },
    queries: { notes },
    logger: quiet,
  })
  teardown.defer(gateway.close)
  server = createServer(gateway.node).listen(0, '127.0.0.1')
  await once(server, 'listening')
  teardown.defer(() => void server.close())
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => teardown.run())

/** A stream as text. */
const open = async (method: 'GET' | 'POST') => {
  const controller = new AbortController()
  teardown.defer(() => controller.abort())
  const posted = { headers: { 'content-type': 'application/json' }, body: '{"items":[]}' }
  const response = await fetch(`${url}/_api/events?client=headway.1`, {
    method,
    signal: controller.signal,
    ...(method === 'POST' && posted),
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (isThere: (text: string) => boolean): Promise<string> => {
    while (!isThere(text)) text += (await reader?.read())?.value ?? ''
    return text
  }
  const [, connected = '{}'] =
    /^data: (.*)$/m.exec(await until((all) => all.includes('\n\n'))) ?? []
  const { session_id, session_secret } = JSON.parse(connected)
  return { session: { session_id, session_secret }, until }
}
/** Sends a request, and goes away while the runs that it reads are locked. */
const giveUp = async (path: string, body: object): Promise<void> => {
  const lock = new pg.Client({ connectionString: database })
  await lock.connect()
  await lock.query('begin; lock table headway.run in access exclusive mode')
  const connected = once(server, 'connection') as Promise<[Socket]>
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const [peer] = await connected
  const json = JSON.stringify(body)
  const head = `POST /_api${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`
  socket.write(`${head}Content-Length: ${json.length}\r\n\r\n${json}`)
  const waits = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await expect.poll(async () => (await query(database, waits)).length).toBe(1)
  const closed = once(peer, 'close')
  socket.destroy()
  await closed
  await lock.query('commit')
  await lock.end()
}
const post = (path: string, body: object) =>
  fetch(`${url}/_api${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe.each(['GET', 'POST'] as const)('on a stream that was opened with %s', (method) => {
  it.each(['/subscribe-job', '/subscribe-batch'])('a run is still pushed: %s', async (path) => {
    const id = await start(url, 'plain')
    const { session, until } = await open(method)
    const item = { kind: 'job', id, job_id: id }
    const body = { ...session, ...(path === '/subscribe-job' ? item : { items: [item] }) }
    expect((await post(path, body)).status).toBe(200)
    await giveUp(path, body)
    const change = `with changed as (update headway.run set message = $2, revision = revision + 1
      where id = $1 returning id) select pg_notify('headway_run', id::text) from changed`
    await query(database, change, [id, 'moved on'])
    expect(await until((text) => text.includes('moved on'))).toContain(`job:${id}`)
  })

  it('a query is still pushed: its batch waits for a run', async () => {
    const id = await start(url, 'plain')
    const { session, until } = await open(method)
    const watched = { kind: 'query', id: 'n', function: 'notes', args: null }
    const body = { ...session, items: [watched, { kind: 'job', id, job_id: id }] }
    expect((await post('/subscribe-batch', body)).status).toBe(200)
    await giveUp('/subscribe-batch', body)
    await query(database, 'insert into note values ($1)', [`by ${method}`])
    expect(await until((text) => text.includes(`by ${method}`))).toContain('sub:n')
  })
})
