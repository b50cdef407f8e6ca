import { JobFailed, JobRefused } from '@headway/core'
import { describe, expect, it } from 'vitest'
import { errorOf, useForge } from './clients.ts'
import * as api from './generated/index.ts'

/*
 * Jobs, workflows and live queries at a real Forge server, as our client reports them. Where Forge does less than one would expect,
 * the test says so.
 */

const { connect, connectAs } = useForge()

/** Every view of a run until the first that has ended. */
function viewsOf<TView extends { isDone: boolean }>(handle: {
  state$: { subscribe(listener: (view: TView) => void): { unsubscribe(): void } }
}): { seen: TView[]; ended: Promise<TView> } {
  const seen: TView[] = []
  const ended = new Promise<TView>((resolve) => {
    handle.state$.subscribe((view) => {
      seen.push(view)
      if (view.isDone) resolve(view)
    })
  })
  return { seen, ended }
}

describe('jobs', () => {
  it('one that fails at first is tried again, and says why meanwhile', async () => {
    const job = connect().start(api.flaky, { label: 'x' })
    const { seen, ended } = viewsOf(job)
    expect(await ended).toMatchObject({ status: 'completed', output: 'x, at attempt 2' })
    // Forge has no status of its own for it: it is pending again, with the error of the attempt before.
    expect(seen.find(({ phase }) => phase === 'retrying')).toMatchObject({
      status: 'pending',
      error: 'Internal error: the first attempt fails',
    })
    // It leaves that in place when the job succeeds.
    expect((await ended).error).toBe('Internal error: the first attempt fails')
  })

  it('one that gives up is a dead letter, with its error', async () => {
    const job = connect().start(api.hopeless, { label: 'it' })
    const error = await errorOf(job.result)
    expect(error).toBeInstanceOf(JobFailed)
    expect(error).toMatchObject({
      status: 'dead_letter',
      message: 'Validation error: it cannot be done',
    })
    expect(job.getSnapshot()).toMatchObject({ phase: 'failed', status: 'dead_letter' })
  })

  it('cannot be cancelled or run again by a client, only by a mutation of the app', async () => {
    const client = connect()
    const job = client.start(api.holdSeat, { seat: '1A' })
    const { seen, ended } = viewsOf(job)
    await expect.poll(() => job.getSnapshot().progress).toBe(50)
    expect(await errorOf(job.cancel())).toMatchObject({ name: 'RpcError', code: 'UNSUPPORTED' })
    expect(await errorOf(job.retry())).toMatchObject({ name: 'RpcError', code: 'UNSUPPORTED' })
    const { jobId } = job.getSnapshot()
    expect(await client.call(api.cancel, { jobId, reason: 'changed my mind' })).toBe(true)
    // The reason is not told to who follows it.
    expect(await ended).toMatchObject({ status: 'cancelled', phase: 'cancelled', error: null })
    expect(await client.call(api.cancel, { jobId })).toBe(false)
    expect(new Set(seen.map(({ status }) => status))).toContain('running')
  })

  it('one that is cancelled undoes what it did, which a live query shows', async () => {
    const client = connect()
    const notes = client.watch(api.listNotes, { topic: '2B' })
    notes.subscribe(() => undefined)
    const job = client.start(api.holdSeat, { seat: '2B' })
    await expect.poll(() => job.getSnapshot().status).toBe('running')
    const { jobId } = job.getSnapshot()
    await client.call(api.cancel, { jobId, reason: 'released' })
    await expect
      .poll(() => notes.getSnapshot().data)
      .toEqual([{ topic: '2B', text: 'Job cancellation requested' }])
  })

  it('of somebody else are refused', async () => {
    const job = connectAs().start(api.countdown, { seconds: 20 })
    await expect.poll(() => job.getSnapshot().jobId).not.toBe('')
    const { jobId } = job.getSnapshot()
    const error = await errorOf(connectAs().attach(api.countdown, jobId).result)
    expect(error).toBeInstanceOf(JobRefused)
    expect(await connect().call(api.cancel, { jobId })).toBe(false)
  })
})

describe('workflows', () => {
  it('waits for an event, and shows its steps', async () => {
    const client = connect()
    const workflow = client.start(api.signUp, { emailAddress: 'ada@example.com' })
    const { seen, ended } = viewsOf(workflow)
    await expect.poll(() => workflow.getSnapshot().status).toBe('waiting')
    const runId = workflow.getSnapshot().workflowId
    expect(workflow.getSnapshot().steps).toMatchObject([{ name: 'send_mail', status: 'completed' }])
    await client.call(api.confirm, { runId, isConfirmed: true })
    expect(await ended).toMatchObject({
      status: 'completed',
      output: { emailAddress: 'ada@example.com', isConfirmed: true },
      steps: [{ name: 'send_mail' }, { name: 'open_account', status: 'completed' }],
    })
    expect(seen.some(({ phase }) => phase === 'waiting')).toBe(true)
  })

  it('one that fails says why; its failed step is not among its steps', async () => {
    const { ended } = viewsOf(connect().start(api.breakDown, { reason: 'no fuel' }))
    expect(await ended).toMatchObject({ status: 'failed', error: 'Validation error: no fuel' })
    const { steps } = await ended
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual(['drive completed'])
  })

  it('one that undoes its steps shows them as compensated', async () => {
    const { ended } = viewsOf(connect().start(api.bookTrip, { city: 'Oslo' }))
    expect(await ended).toMatchObject({
      status: 'failed',
      error: 'Validation error: no room is free in Oslo',
      steps: [{ name: 'book_flight', status: 'compensated' }],
    })
  })
})

describe('a live query', () => {
  it('shows what a mutation changes', async () => {
    const client = connect()
    const notes = client.watch(api.listNotes, { topic: 'live' })
    notes.subscribe(() => undefined)
    await notes.ready()
    expect(notes.getSnapshot().data).toEqual([])
    await client.call(api.addNote, { topic: 'live', text: 'one' })
    await expect.poll(() => notes.getSnapshot().data).toEqual([{ topic: 'live', text: 'one' }])
  })
})
