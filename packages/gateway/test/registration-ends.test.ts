import { once } from 'node:events'
import { connect } from 'node:net'
import { openStream, post, type Stream, subscribe } from '@headway/conformance'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const ours = '?client=headway.1'

let database: string
let gateway: Gateway
let url: string
const streams: Stream[] = []

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({ database, logger: quiet, maxRegistrations: 2 })
  url = (await gateway.listen(0)).url
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => gateway?.close())

const open = async (search = ''): Promise<Stream> => {
  const stream = await openStream(url, {}, search)
  streams.push(stream)
  return stream
}
/** One SQL function of `headway`, which reports of a run: what it answers. */
const report = async (call: string, ...values: unknown[]): Promise<string> => {
  const [row] = await query<{ answer: string }>(
    database,
    `select headway.${call} as answer`,
    values,
  )
  return row?.answer ?? ''
}
const startJob = () => report(`start_job('short')`)
/** A state that is large: messages are cut, outputs are not. */
const grow = `
  with grown as (
    update headway.run set output = to_json(repeat('x', 15000000)), revision = revision + 1
     where id = $1 returning id
  ) select pg_notify('headway_run', id::text) from grown`
const leave = async ({ session }: Stream, id: string, kind = 'job'): Promise<number> =>
  (await post(url, '/unsubscribe', { ...session, id, kind })).status

it('a session follows more short jobs than it may have registrations, one after the other', async () => {
  const stream = await open(ours)
  for (let count = 0; count < 10; count += 1) {
    const id = await startJob()
    await subscribe(url, stream, id)
    await report('complete($1)', id)
    await stream.until(({ job_id, status }) => job_id === id && status === 'completed')
  }
  for (let count = 0; count < 10; count += 1) {
    const id = await startJob()
    await report(`fail($1, 'disk full')`, id)
    expect(await subscribe(url, stream, id)).toMatchObject({ status: 'failed' })
  }
})

it('what goes on keeps its place, also beside what has ended in one batch', async () => {
  const stream = await open(ours)
  const [running, ended] = [await startJob(), await startJob()]
  await report('complete($1)', ended)
  const items = [running, ended].map((id) => ({ kind: 'job', id, job_id: id }))
  await post(url, '/subscribe-batch', { ...stream.session, items })
  await subscribe(url, stream, await startJob())
  const one = { ...stream.session, id: 'one more', job_id: await startJob() }
  expect(await post(url, '/subscribe-job', one)).toMatchObject({ status: 429 })
  await report(`progress($1, 40, 'half')`, running)
  await stream.until(({ message }) => message === 'half')
})

it('a workflow that was undone has ended, one that is being undone has not', async () => {
  const stream = await open(ours)
  const id = await report(`start_workflow('verify', steps => array['create', 'open'])`)
  const body = { ...stream.session, id, workflow_id: id }
  expect(await post(url, '/subscribe-workflow', body)).toMatchObject({ status: 200 })
  await report(`step($1, 'create', 'completed')`, id)
  await report(`step($1, 'open', 'failed', 'closed')`, id)
  await report(`step($1, 'create', 'compensated')`, id)
  const undone = await stream.untilWorkflow(({ steps }) => steps[0]?.status === 'compensated')
  expect(undone.status).not.toBe('compensated')
  expect(await leave(stream, id, 'workflow')).toBe(200)
  await post(url, '/subscribe-workflow', body)
  await report('compensated($1)', id)
  await stream.untilWorkflow(({ status }) => status === 'compensated')
  expect(await leave(stream, id, 'workflow')).toBe(404)
})

it('a stream of Forge’s clients keeps what has ended', async () => {
  const stream = await open()
  const id = await startJob()
  await subscribe(url, stream, id)
  await report('complete($1)', id)
  await stream.until(({ status }) => status === 'completed')
  expect(await leave(stream, id)).toBe(200)
})

it('a reader that has stopped reading is told the end before its registration ends', async () => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (bytes) => {
    text += bytes.toString()
  })
  socket.write(`GET /_api/events${ours} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  await expect.poll(() => text).toContain('session_secret')
  const { session_id, session_secret } = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '')
  const [id, other] = [await startJob(), await startJob()]
  for (const job_id of [id, other]) {
    await post(url, '/subscribe-job', { session_id, session_secret, id: job_id, job_id })
  }
  socket.pause()
  const metric = async (name: string): Promise<number> => {
    const metrics = await (await fetch(`${url}/_api/metrics`)).text()
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(metrics)?.[1])
  }
  while ((await metric('headway_slow_streams')) === 0) await query(database, grow, [other])
  await report('complete($1)', id)
  const listener = await open()
  await subscribe(url, listener, other)
  // Whoever reads has heard of what came after the end: the end waits for the other one.
  await report(`progress($1, 1, 'after the end')`, other)
  await listener.until(({ message }) => message === 'after the end')
  expect(await metric('headway_registrations')).toBe(3)
  socket.resume()
  await expect.poll(() => text).toContain('"status":"completed"')
  const body = { session_id, session_secret, id, kind: 'job' }
  expect(await post(url, '/unsubscribe', body)).toMatchObject({ status: 404 })
  socket.destroy()
  await once(socket, 'close')
})
