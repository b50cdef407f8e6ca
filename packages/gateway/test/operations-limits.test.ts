import { once } from 'node:events'
import { connect } from 'node:net'
import { get, openStream, post, start, subscribe } from '@headway/conformance/wire'
import { expect, it } from 'vitest'
import { type Authenticate, job } from '../src/index.ts'
import { query } from './support/database.ts'
import { database, metric, serve } from './support/operated-gateway.ts'
import { kill, startProcess } from './support/process.ts'

/**
 * A state as large as an output can be; a message is cut. $1 id, $2 percent, $3 message, $4
 * characters
 */
const showLarge = `
  with changed as (
    update headway.run
       set progress = $2, message = $3, output = to_json(repeat('x', $4::integer)), revision = revision + 1
     where id = $1 returning id
  ) select pg_notify('headway_run', id::text) from changed`

it('a reader that stops reading is bounded, and gets the newest state when it reads again', async () => {
  const [url] = await serve()
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (bytes) => (text += bytes.toString()))
  socket.write('GET /_api/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await expect.poll(() => text).toContain('session_secret')
  const session = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '')
  const [run] = await query<{ id: string }>(database, `select headway.start_job('big') as id`)
  const { session_id, session_secret } = session
  await post(url, '/subscribe-job', { session_id, session_secret, id: 'a', job_id: run?.id })

  socket.pause()
  let updates = 0
  while ((await metric(url, 'headway_slow_streams')) === 0) {
    updates += 1
    await query(database, showLarge, [run?.id, updates % 100, `early ${updates}`, 15_000_000])
  }
  // What comes now supersedes what waits.
  for (let more = 1; more <= 10; more += 1) {
    await query(database, showLarge, [run?.id, more, `late ${more}`, 500_000])
    await expect
      .poll(
        async () =>
          ((await get(url, `/jobs/${run?.id}`)).body as { data: { progress: number } }).data
            .progress,
      )
      .toBe(more)
  }
  await query(database, `select headway.complete($1, '"done"')`, [run?.id])
  await expect
    .poll(async () => (await get(url, `/jobs/${run?.id}`)).body)
    .toMatchObject({
      data: { status: 'completed' },
    })
  socket.resume()
  await expect.poll(() => text.includes('"completed"')).toBe(true)
  expect(text).toContain('"output":"done"')
  // Of all that came meanwhile only the end was sent, which bears the last message.
  expect(text.match(/late \d+/g)).toEqual(['late 10'])
  expect(await metric(url, 'headway_slow_streams')).toBe(0)
  socket.destroy()
})

it('a request that takes too long is answered all the same', async () => {
  const input = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: () => new Promise<never>(() => undefined),
    },
  } as const
  const stuck = job({ input, run: () => null })
  const [url] = await serve({ jobs: { stuck }, requestTimeoutSecs: 0.2 })
  expect(await post(url, '/rpc/stuck', {})).toMatchObject({
    status: 408,
    body: { success: false, error: { code: 'REQUEST_TIMEOUT' } },
  })
  // A body that never ends is such a request, too.
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (bytes) => (text += bytes.toString()))
  socket.write(
    'POST /_api/rpc/stuck HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  )
  await expect.poll(() => text).toContain('REQUEST_TIMEOUT')
  socket.destroy()
})

it('a stream that is asked for and takes too long is not kept for nobody', async () => {
  let release = (): void => undefined
  const authenticate: Authenticate = async ({ headers }) => {
    if (headers.has('x-slow')) await new Promise<void>((resolve) => (release = resolve))
    return { id: 'ann', roles: ['admin'] }
  }
  const [url] = await serve({ auth: { authenticate }, requestTimeoutSecs: 0.2 })
  const response = await fetch(`${url}/_api/events`, { headers: { 'x-slow': '1' } })
  expect(response.status).toBe(408)
  release()
  await expect.poll(() => metric(url, 'headway_streams')).toBe(0)
})

it('asked to end, it sends clients away, finishes what runs, and ends', async () => {
  const { child, message } = await startProcess('./stopping.ts', { DATABASE: database })
  try {
    const url = String(message)
    const stream = await openStream(url)
    const jobId = await start(url, 'steady', { steps: 5 })
    await subscribe(url, stream, jobId)
    await stream.untilKnown(({ status }) => status === 'running')
    const ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)))
    const said = once(child, 'message')
    child.kill('SIGTERM')
    await stream.ended.catch(() => undefined)
    expect(stream.errors).toEqual(['SERVER_DRAINING'])
    expect(await said).toContain('database, after worker')
    expect(await ended).toBe(0)
    const [row] = await query(database, 'select status from headway.run where id = $1', [jobId])
    expect(row).toEqual({ status: 'completed' })
  } finally {
    await kill(child)
  }
})
