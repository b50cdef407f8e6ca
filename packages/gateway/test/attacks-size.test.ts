import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { openStream } from '@headway/conformance/wire'
import { createClient, defineJob } from '@headway/core'
import { isRecord } from '@headway/core/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toOutput } from '../src/runs/output.ts'
import { ask } from './support/attack.ts'
import { createDatabase, query } from './support/database.ts'
import { kill, startProcess } from './support/process.ts'

const mib = 1_048_576
const report = defineJob<null, string>('report')

let database: string
let child: ChildProcess
let url: string

beforeAll(async () => {
  database = await createDatabase()
  const env = { DATABASE: database, NODE_OPTIONS: '--max-old-space-size=256' }
  const started = await startProcess('small-heap.ts', env)
  child = started.child
  url = String(started.message)
})
afterAll(() => child && kill(child))

/** Jobs that are reported on: their ids. */
const begin = async (count: number): Promise<string[]> => {
  const rows = await query<{ id: string }>(
    database,
    `select headway.start_job('report') as id from generate_series(1, $1::int)`,
    [count],
  )
  return rows.map(({ id }) => id)
}
/** They complete, in one transaction, with outputs of so many bytes. */
const complete = (ids: readonly string[], bytes: number) =>
  query(
    database,
    `select headway.complete(id, to_json(repeat('x', $2))) from unnest($1::uuid[]) id`,
    [ids, bytes],
  )
/** The gateway is the process that it was, and at work. */
const isWell = async (): Promise<void> => {
  expect(child.exitCode).toBeNull()
  expect(await ask(url, 'GET', '/ready')).toMatchObject({ status: 200 })
}

describe('with 256 MB of memory', () => {
  it('a batch that registers one large output a hundred times gets as many answers as there is room for', async () => {
    const [id = ''] = await begin(1)
    await complete([id], 4 * mib)
    const { session } = await openStream(url, {}, '?client=headway.1')
    const items = Array.from({ length: 100 }, () => ({ kind: 'job', id: randomUUID(), job_id: id }))
    const batch = () => ask(url, 'POST', '/subscribe-batch', {}, { ...session, items })
    for (const { status, data } of await Promise.all([batch(), batch(), batch()])) {
      expect(status).toBe(200)
      const answers = Array.isArray(data) ? data.filter(isRecord) : []
      expect(answers).toHaveLength(100)
      const told = answers.filter(({ success }) => success)
      expect(told.length).toBeLessThanOrEqual(1)
      const refused = answers.filter(({ success }) => !success).map(({ error }) => error)
      for (const error of refused) expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
    }
    await isWell()
  })

  it('answers that are not read are bounded, and free their room when they end', async () => {
    const [id = ''] = await begin(1)
    await complete([id], 6 * mib)
    const { host, port } = new URL(url)
    const sockets = Array.from({ length: 60 }, () => connect(Number(port), '127.0.0.1').pause())
    const heads = await Promise.all(sockets.map((socket) => headOf(socket, id, host)))
    expect(new Set(heads)).toEqual(new Set(['200', '503']))
    await isWell()
    for (const socket of sockets) socket.destroy()
    await expect.poll(async () => (await ask(url, 'GET', `/jobs/${id}`)).status).toBe(200)
  })

  it('our client shows a hundred outputs of 6 MiB, of runs that ended before and after it registered', async () => {
    const [before, during] = [await begin(50), await begin(50)]
    await complete(before, 6 * mib)
    const client = createClient({ url })
    const handles = [...before, ...during].map((id) => client.attach(report, id))
    for (const handle of handles) handle.subscribe(() => undefined)
    const lengths = () => handles.map((handle) => handle.getSnapshot().output?.length ?? 0)
    const status = () => handles.slice(50).map((handle) => handle.getSnapshot().sync.status)
    await expect.poll(status).toEqual(Array(50).fill('live'))
    await complete(during, 6 * mib)
    await expect.poll(lengths).toEqual(Array(100).fill(6 * mib))
    client.close()
    await isWell()
  })

  it('a stream that is not read holds a few states, and the client registers the rest again', async () => {
    const ids = await begin(80)
    const controller = new AbortController()
    const { signal } = controller
    const response = await fetch(`${url}/_api/events?client=headway.1`, { signal })
    const reader = response.body?.getReader()
    const decoder = new TextDecoder()
    const first = decoder.decode((await reader?.read())?.value)
    const session = JSON.parse(first.match(/^data: (.*)$/m)?.[1] ?? '{}')
    const { session_id, session_secret } = session
    const items = ids.map((id) => ({ kind: 'job', id, job_id: id }))
    const named = { session_id, session_secret }
    const registered = await ask(url, 'POST', '/subscribe-batch', {}, { ...named, items })
    expect(registered.status).toBe(200)
    await complete(ids, 6 * mib)
    // They are pushed by the time another one, who reads, was told of the last one that changed.
    const other = await openStream(url)
    const [last = ''] = await begin(1)
    const body = { ...other.session, id: last, job_id: last }
    expect(await ask(url, 'POST', '/subscribe-job', {}, body)).toMatchObject({ status: 200 })
    await query(database, `select headway.progress($1, 50, 'after that')`, [last])
    await other.until(({ message }) => message === 'after that')
    await isWell()
    const seen = new Set<string>()
    let text = ''
    while (seen.size < ids.length) {
      const chunk = await reader?.read()
      if (!chunk || chunk.done) throw new Error(`The stream ended after ${seen.size}`)
      text += decoder.decode(chunk.value, { stream: true })
      for (const [, id] of text.matchAll(/"target":"job:([-0-9a-f]+)"/g)) seen.add(id ?? '')
      text = text.slice(-200)
    }
    const again = { ...named, id: ids[79], job_id: ids[79] }
    const answer = await ask(url, 'POST', '/subscribe-job', {}, again)
    expect(answer).toMatchObject({ status: 200, data: { status: 'completed' } })
    controller.abort()
    other.close()
  })

  it('an output that no answer can hold is refused for good, also to watchers', async () => {
    const [id = ''] = await begin(1)
    const stream = await openStream(url, {}, '?client=headway.1')
    const body = { ...stream.session, id, job_id: id }
    expect(await ask(url, 'POST', '/subscribe-job', {}, body)).toMatchObject({ status: 200 })
    await complete([id], 40 * mib)
    await expect.poll(() => stream.errors).toEqual(['PAYLOAD_TOO_LARGE'])
    expect(await ask(url, 'POST', '/subscribe-job', {}, body)).toMatchObject({ status: 413 })
    expect(await ask(url, 'GET', `/jobs/${id}`)).toMatchObject({ status: 413 })
    stream.close()
    await isWell()
  })
})

it('an output has at most 1 MiB of JSON, unless maxOutputBytes says more', async () => {
  await expect(toOutput(undefined, 'x'.repeat(mib))).rejects.toThrow(
    'The output is 1048578 bytes of JSON, more than maxOutputBytes (1048576): store it',
  )
  expect(await toOutput(undefined, 'x'.repeat(mib), 2 * mib)).toHaveLength(mib + 2)
})

/** Asks for a job and reads no more than the status. */
async function headOf(socket: Socket, id: string, host: string): Promise<string> {
  socket.on('error', () => undefined)
  socket.write(`GET /_api/jobs/${id} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await once(socket, 'readable')
  const chunk: unknown = socket.read(12)
  return String(chunk).slice(9, 12)
}

describe('pipelined requests', () => {
  /** Sends them on one connection, waits for what the first is answered, and goes. */
  const sendAhead = async (path: string, count: number): Promise<void> => {
    const { port, host } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1').pause()
    socket.on('error', () => undefined)
    socket.write(`GET /_api${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.repeat(count))
    await once(socket, 'readable')
    socket.destroy()
  }
  const gauge = async (name: string): Promise<number> => {
    const text = await (await fetch(`${url}/_api/metrics`)).text()
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1])
  }

  it('leave no stream behind when their connection closes', async () => {
    const before = await gauge('headway_streams')
    await sendAhead('/events', 5)
    await expect.poll(() => gauge('headway_streams')).toBe(before)
  })

  it('hold no room for answers of a closed connection', async () => {
    const [id = ''] = await begin(1)
    await complete([id], 6 * mib)
    for (let times = 0; times < 10; times += 1) await sendAhead(`/jobs/${id}`, 5)
    await expect.poll(async () => (await ask(url, 'GET', `/jobs/${id}`)).status).toBe(200)
  })
})
