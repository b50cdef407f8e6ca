import { expect, it } from 'vitest'
import { createCancellations } from '../src/runs/cancellations.ts'
import { drawHolder, holdStatements } from '../src/runs/holder.ts'
import { quiet } from './support/quiet.ts'
import { database, options, place, pools, read, recorder, started } from './support/recorder.ts'

/** A worker that lives, as PostgreSQL sees it: until it is told to end. */
const live = async (holder: number): Promise<() => void> =>
  (
    await createCancellations(
      { database, pool: pools.durable, session: () => holdStatements(holder) },
      recorder,
      quiet,
    )
  ).close
const status = async (id: string, holder: number) => (await recorder.claim(id, id, holder))?.status

it('what a worker has that lives is not taken by another, until it ends or dies', async () => {
  const [first, second] = [drawHolder(), drawHolder()]
  const die = await live(first)
  const [kept, ended] = [await started(), await started()]
  for (const id of [kept, ended]) {
    expect(await status(id, first)).toBe('claimed')
    await recorder.begin(id, 1)
    expect(await recorder.claim(id, id, second)).toEqual({
      status: 'held',
      attempt: 1,
      failures: 0,
      owner: null,
    })
    // To be cancelled or not: it runs.
    await recorder.cancel(id, 'enough')
    expect(await status(id, second)).toBe('held')
    expect(await read(id)).toMatchObject({ attempt: 1, status: 'cancel_requested' })
  }
  await recorder.finish(ended, 1, { status: 'completed', output: '1' })
  expect(await recorder.claim(ended, ended, second)).toBeNull()
  die()
  // PostgreSQL that has just started gives its workers ten seconds to come back.
  await expect.poll(() => status(kept, second)).toBe('cancel_requested')
  expect(await read(kept)).toMatchObject({ attempt: 2 })
})

it('the session of a worker outlives neither its host, nor ends because it is idle', async () => {
  const client = await pools.durable.connect()
  await client.query(holdStatements(drawHolder()).join('; '))
  const { rows } = await client.query(
    `select current_setting('tcp_keepalives_idle') as idle, current_setting('tcp_keepalives_interval') as interval,
            current_setting('tcp_keepalives_count') as count, current_setting('idle_session_timeout') as timeout`,
  )
  client.release(true)
  expect(rows).toEqual([{ idle: '10', interval: '5', count: '3', timeout: '0' }])
})

it('a failed attempt is given back, to be taken by any; a claim whose answer was lost is made once', async () => {
  const [first, second] = [drawHolder(), drawHolder()]
  const die = await live(first)
  const id = await started()
  for (let claim = 1; claim <= 10; claim += 1) {
    expect(await recorder.claim(id, id, first)).toMatchObject({ status: 'claimed', attempt: 1 })
  }
  // One that has begun, and that the worker has lost, is another.
  await recorder.begin(id, 1)
  expect(await recorder.claim(id, id, first)).toMatchObject({ status: 'claimed', attempt: 2 })
  await recorder.finish(id, 2, { status: 'retry', error: 'no' })
  await recorder.finish(id, 2, { status: 'retry', error: 'no' })
  expect(await recorder.claim(id, id, second)).toEqual({
    status: 'claimed',
    attempt: 3,
    failures: 1,
    owner: null,
  })
  await recorder.cancel(id, 'enough')
  const cancelled = { status: 'cancel_requested', attempt: 3 }
  expect(await recorder.claim(id, id, second)).toMatchObject(cancelled)
  die()
})

it('what five workers have died of is given up; asked for again, it may be tried as often again', async () => {
  const id = await started()
  const claim = async (engineId: string) =>
    (await recorder.claim(id, engineId, drawHolder()))?.status
  const tryAll = async (engineId: string): Promise<void> => {
    for (let worker = 1; worker <= 5; worker += 1) {
      await expect.poll(() => claim(engineId)).toBe('claimed')
    }
    await expect.poll(() => claim(engineId)).toBe('given_up')
  }
  await tryAll(id)
  const error = 'It was given up: 5 workers died while they ran it'
  expect(await read(id)).toMatchObject({ status: 'dead_letter', error, attempt: 5 })
  expect(await recorder.claim(id, id)).toBeNull()
  expect(await recorder.retry(id, 'second', place)).toMatchObject({ options })
  await tryAll('second')
})

it('what the engine gives up is the task that the run has now, as it was read', async () => {
  const id = await started()
  await recorder.abandon(id, 'before', 'no')
  await recorder.abandon(id, id, 'no', '1')
  expect(await read(id)).toMatchObject({ status: 'pending' })
  await recorder.abandon(id, id, 'no', String((await read(id))?.revision))
  expect(await read(id)).toMatchObject({ status: 'failed', error: 'no' })
})

it('only its own queue takes what is tried again', async () => {
  const id = await started()
  await recorder.cancel(id, null)
  expect(await recorder.retry(id, 'second', { ...place, queue: 'other' })).toBeNull()
  expect(await recorder.retry(id, 'second', place)).toEqual({ name: 'test', args: null, options })
})

it('what failed waits again, under its id: a task of before has no say any more', async () => {
  const id = await started()
  await recorder.claim(id, id)
  await recorder.begin(id, 1)
  expect(await recorder.retry(id, 'second', place)).toBeNull()
  await recorder.finish(id, 1, { status: 'failed', error: 'no' })
  expect(await recorder.retry(id, 'second', place)).toMatchObject({ name: 'test', args: null })
  expect(await recorder.retry(id, 'third', place)).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'pending', error: null, progress: 0, attempt: 1 })
  expect(await recorder.claim(id, id)).toBeNull()
  expect(await recorder.claim(id, 'second')).toMatchObject({ status: 'claimed', attempt: 2 })
})

it('an attempt that goes on after its run was given up does not end the retry of it', async () => {
  const id = await started()
  await recorder.claim(id, id)
  await recorder.begin(id, 1)
  await recorder.abandon(id, id, 'given up')
  await recorder.retry(id, 'again', place)
  expect(await recorder.finish(id, 1, { status: 'failed', error: 'late' })).toBeNull()
  expect(await read(id)).toMatchObject({ status: 'pending', error: null })
  expect(await recorder.claim(id, 'again')).toMatchObject({ status: 'claimed', attempt: 2 })
})
