import {
  cancel,
  get,
  openStream,
  post,
  read,
  type Stream,
  start,
  subscribe,
} from '@headway/conformance'
import { createClient, defineJob } from '@headway/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, createWorker, type Gateway, type Worker } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { jobs } from './support/jobs.ts'
import { kill, startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

let database: string
let gateway: Gateway
let worker: Worker | undefined
let url: string
const streams: Stream[] = []

const open = async (): Promise<Stream> => {
  const stream = await openStream(url)
  streams.push(stream)
  return stream
}
const work = async (concurrency = 4): Promise<void> => {
  worker = await createWorker({
    database,
    engine: bullmq(),
    jobs,
    logger: quiet,
    concurrency,
    maskErrors: false,
  })
}
const isDone = ({ status }: { status: string }): boolean =>
  ['completed', 'failed', 'dead_letter', 'cancelled'].includes(status)

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway({ database, engine: bullmq(), jobs, logger: quiet })
  url = (await gateway.listen(0)).url
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  await worker?.close({ force: true })
  worker = undefined
})
afterAll(() => gateway?.close())

describe('following a job', () => {
  it('two clients follow one job from pending to completed, and never backwards', async () => {
    const jobId = await start(url, 'count', { rows: 500 })
    const [first, second] = [await open(), await open()]
    for (const stream of [first, second]) {
      expect(await subscribe(url, stream, jobId)).toMatchObject({
        job_id: jobId,
        status: 'pending',
        progress: 0,
        attempt: 0,
        revision: expect.any(Number),
      })
    }
    await work()
    for (const stream of [first, second]) {
      const last = await stream.until(isDone)
      expect(last).toMatchObject({
        status: 'completed',
        progress: 100,
        message: 'row 500 of 500',
        output: { rows: 500 },
        error: null,
        attempt: 1,
      })
      const revisions = stream.pushed.map(({ revision }) => revision ?? 0)
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b))
      expect(stream.pushed.at(-1)).toEqual(last)
    }
  })

  it('a late client gets the snapshot, and nothing after it', async () => {
    await work()
    const early = await open()
    const jobId = await start(url, 'count', { rows: 3 })
    await subscribe(url, early, jobId)
    const last = await early.untilKnown(isDone)
    const late = await open()
    expect(await subscribe(url, late, jobId)).toEqual(last)
    expect(await read(url, jobId)).toEqual(last)
    // What another job does next goes to those who watch that one.
    const other = await start(url, 'count', { rows: 1 })
    await subscribe(url, late, other)
    await late.untilKnown(({ job_id, status }) => job_id === other && status === 'completed')
    expect(late.pushed.filter(({ job_id }) => job_id === jobId)).toEqual([])
  })

  it('sees every one of 400 jobs completed, at concurrency 16, over one stream', async () => {
    await work(16)
    const client = createClient({ url })
    const quick = defineJob<null, null>('quick')
    const results = Array.from({ length: 400 }, () => client.start(quick, null).result)
    expect(await Promise.all(results)).toEqual(results.map(() => null))
    client.close()
    const [row] = await query<{ count: string }>(
      database,
      `select count(*) from headway.run where name = 'quick' and status = 'completed'`,
    )
    expect(row?.count).toBe('400')
  })

  it('a registration is gone after unsubscribe', async () => {
    const stream = await open()
    const jobId = await start(url, 'count', { rows: 1 })
    await subscribe(url, stream, jobId)
    const body = { ...stream.session, id: jobId, kind: 'job' }
    expect(await post(url, '/unsubscribe', body)).toMatchObject({
      status: 200,
      body: { success: true },
    })
    expect(await post(url, '/unsubscribe', body)).toMatchObject({
      status: 404,
      body: { error: { code: 'SUBSCRIPTION_NOT_FOUND' } },
    })
  })

  it('keeps what text and JSON cannot hold from breaking a job', async () => {
    await work()
    const stream = await open()
    const args = { 'b\0': ['\ud800', Number.POSITIVE_INFINITY, 'ok'], a: '€' }
    const jobId = await start(url, 'odd', args)
    await subscribe(url, stream, jobId)
    const { status, output } = await stream.untilKnown(isDone)
    expect(status).toBe('completed')
    expect(output).toEqual({
      args: { 'b\0': ['\ufffd', null, 'ok'], a: '€' },
      text: 'a\0b\ufffdc',
    })
  })
})

it('the last report is in the end as it was made, and none fails its job', async () => {
  await work()
  const stream = await open()
  const jobId = await start(url, 'careless')
  await subscribe(url, stream, jobId)
  expect(await stream.untilKnown(isDone)).toMatchObject({
    status: 'completed',
    progress: 100,
    message: null,
  })
})

describe('how jobs fail', () => {
  it.each([
    ['failing', { status: 'failed', error: 'disk \ufffdfull', attempt: 1 }],
    ['failingTwice', { status: 'dead_letter', error: 'disk full', attempt: 2 }],
    ['failingOnce', { status: 'completed', output: 2, error: null, attempt: 2 }],
    ['unspeakable', { status: 'failed', attempt: 1 }],
  ])('%s', async (name, expected) => {
    await work()
    const stream = await open()
    const jobId = await start(url, name)
    await subscribe(url, stream, jobId)
    expect(await stream.untilKnown(isDone)).toMatchObject(expected)
    const retries = stream.pushed.filter(({ status }) => status === 'retry')
    expect(retries.map(({ error }) => error)).toEqual(
      name.startsWith('failing') && expected.attempt === 2 ? ['disk full'] : [],
    )
  })
})

describe('cancelling', () => {
  it('a pending job is cancelled at once, with the reason, and never runs', async () => {
    const jobId = await start(url, 'count', { rows: 1 })
    expect(await cancel(url, jobId, 'changed my mind')).toMatchObject({
      status: 'cancelled',
      error: 'changed my mind',
    })
    await work()
    const other = await start(url, 'count', { rows: 1 })
    const stream = await open()
    await subscribe(url, stream, other)
    await stream.untilKnown(isDone)
    expect(await read(url, jobId)).toMatchObject({ status: 'cancelled', attempt: 0 })
  })

  it('a job that runs in another process is told, stops and is not tried again', async () => {
    const { child } = await startProcess('./worker.ts', { DATABASE: database })
    try {
      const stream = await open()
      const jobId = await start(url, 'endless')
      await subscribe(url, stream, jobId)
      await stream.untilKnown(({ status, progress }) => status === 'running' && progress === 1)
      // What the row went through: of states in quick succession the last one is pushed, and maybe no other.
      await query(
        database,
        `create table noted (id uuid, status text);
         create function note_status() returns trigger language plpgsql as
           $$ begin insert into noted values (new.id, new.status); return new; end $$;
         create trigger note_status after update on headway.run
           for each row execute function note_status()`,
      )
      // The state after the request: the job may have stopped already.
      const { status, error } = await cancel(url, jobId)
      expect([
        { status: 'cancel_requested', error: null },
        { status: 'cancelled', error: 'cancelled' },
      ]).toContainEqual({ status, error })
      expect(await stream.untilKnown(isDone)).toMatchObject({
        status: 'cancelled',
        error: 'cancelled',
        attempt: 1,
      })
      const noted = await query<{ status: string }>(
        database,
        'select status from noted where id = $1',
        [jobId],
      )
      expect(noted.map(({ status }) => status)).toContain('cancel_requested')
      await query(database, 'drop function note_status cascade; drop table noted')
      // Twice is once; and after the end it changes nothing.
      expect(await cancel(url, jobId, 'again')).toMatchObject({ status: 'cancelled' })
    } finally {
      await kill(child)
    }
  })

  it('success after a cancel request is success', async () => {
    await work()
    const stream = await open()
    const jobId = await start(url, 'stubborn')
    await subscribe(url, stream, jobId)
    await stream.untilKnown(({ status }) => status === 'running')
    await cancel(url, jobId)
    expect(await stream.untilKnown(isDone)).toMatchObject({
      status: 'completed',
      output: 'done anyway',
    })
  })
})

describe('when something dies', () => {
  it('a job whose worker was killed is taken again and completes', async () => {
    const { child } = await startProcess('./worker.ts', { DATABASE: database })
    const stream = await open()
    const jobId = await start(url, 'slow')
    await subscribe(url, stream, jobId)
    await stream.untilKnown(({ message }) => message === 'attempt 1')
    await kill(child)
    const again = await startProcess('./worker.ts', { DATABASE: database })
    try {
      expect(await stream.untilKnown(isDone)).toMatchObject({
        status: 'completed',
        attempt: 2,
        output: { attempt: 2 },
      })
    } finally {
      await kill(again.child)
    }
  })

  it('a job that the queue gives up, after too many lost workers, ends as failed', async () => {
    const stream = await open()
    const jobId = await start(url, 'count', { rows: 1 })
    await subscribe(url, stream, jobId)
    // What BullMQ itself writes once a job has lost more workers than it may.
    const error = 'job stalled more than allowable limit'
    const giveUp = 'update bullmq.job set deferred_failure = $1 where id = $2'
    await query(database, giveUp, [error, jobId])
    await work()
    expect(await stream.until(isDone)).toMatchObject({ status: 'failed', error })
  })

  it('the hub listens again when its connection is killed, and misses nothing final', async () => {
    await work()
    const stream = await open()
    const jobId = await start(url, 'stubborn')
    await subscribe(url, stream, jobId)
    await stream.untilKnown(({ status }) => status === 'running')
    const killed = await query(
      database,
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name like 'headway:%' and datname = current_database()`,
    )
    // The hub's listener, and the worker's for cancel requests.
    expect(killed).toHaveLength(2)
    await cancel(url, jobId)
    expect(await stream.untilKnown(isDone)).toMatchObject({ status: 'completed' })
  })
})

it('says that it is healthy and ready', async () => {
  expect(await get(url, '/health')).toMatchObject({ status: 200, body: { status: 'healthy' } })
  expect(await get(url, '/ready')).toMatchObject({
    status: 200,
    body: { ready: true, database: true, reactor: true, notify_queue_ok: true },
  })
})
