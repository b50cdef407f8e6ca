import { openStream, post, type Stream, subscribe } from '@headway/conformance/wire'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { createGateway, type Gateway } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { grow, metricOf, openPausable } from './support/pausable-stream.ts'
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
  const slow = await openPausable(url, ours)
  const [id, other] = [await startJob(), await startJob()]
  for (const job_id of [id, other]) {
    await post(url, '/subscribe-job', { ...slow.session, id: job_id, job_id })
  }
  await slow.pause(() => query(database, grow, [other]))
  await report('complete($1)', id)
  const listener = await open()
  await subscribe(url, listener, other)
  // Whoever reads has heard of what came after the end: the end waits for the other one.
  await report(`progress($1, 1, 'after the end')`, other)
  await listener.until(({ message }) => message === 'after the end')
  expect(await metricOf(url, 'headway_registrations')).toBe(3)
  slow.resume()
  await expect.poll(slow.text).toContain('"status":"completed"')
  const body = { ...slow.session, id, kind: 'job' }
  expect(await post(url, '/unsubscribe', body)).toMatchObject({ status: 404 })
  await slow.close()
})
