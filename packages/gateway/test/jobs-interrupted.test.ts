import { cancel, read, start, subscribe } from '@headway/conformance/wire'
import { describe, expect, it } from 'vitest'
import { query } from './support/database.ts'
import { database, isDone, open, url, work } from './support/jobs-gateway.ts'
import { kill, startProcess } from './support/process.ts'
import { giveUp } from './support/test-engine.ts'

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
      // What the row went through: of states in quick succession the last one is pushed, and maybe
      // no other.
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
    const error = 'job stalled more than allowable limit'
    await giveUp(database, jobId, error)
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
