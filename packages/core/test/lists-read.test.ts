import { expect, it } from 'vitest'
import { defineJob, readRuns, withCodec } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

it('reads a list page by page, with the states of the runs', async () => {
  const { client, gateway } = createFakeClient()
  for (const title of ['a', 'b', 'c']) gateway.createJob({}, { name: 'export_users', title })
  gateway.createWorkflow()
  gateway.update('job-1', { status: 'completed', output: 'users.csv' })
  const filter = { name: ['export_users', 'import_users'], limit: 2 }
  const first = await readRuns(client, filter)
  expect(first.runs).toMatchObject([
    { kind: 'job', id: 'job-3', title: 'c', view: { jobId: 'job-3', phase: 'queued' } },
    { kind: 'job', id: 'job-2', title: 'b' },
  ])
  const second = await readRuns(client, { ...filter, cursor: first.next })
  expect(second).toMatchObject({
    runs: [{ id: 'job-1', view: { phase: 'succeeded', output: 'users.csv' } }],
    next: null,
  })
  expect(gateway.registrations()).toEqual([])
})

it('a run that goes on is stale, since it is not followed; an end is final', async () => {
  const { client, gateway } = createFakeClient()
  gateway.createWorkflow({ status: 'running' })
  gateway.createJob({ status: 'failed', error: 'disk full' })
  const { runs } = await readRuns(client)
  expect(runs.map(({ view }) => [view.phase, view.sync.status, view.sync.reason])).toEqual([
    ['failed', 'live', null],
    ['running', 'stale', 'unwatched'],
  ])
})

it('decodes outputs by the definitions of its filter', async () => {
  const { client, gateway } = createFakeClient()
  const count = withCodec(defineJob<null, number>('count'), { fromWire: (text) => Number(text) })
  gateway.createJob({ status: 'completed', output: '7' }, { name: 'count' })
  const { runs } = await readRuns(client, { name: count, status: ['completed', 'failed'] })
  expect(runs[0]?.view.output).toBe(7)
})

it('rejects for a server without lists, and for a wrong filter', async () => {
  const old = createFakeClient({ capabilities: ['revisions'] })
  await expect(readRuns(old.client)).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    message: 'This server cannot list runs: it does not offer "lists"',
  })
  const { client } = createFakeClient()
  const wrong = readRuns(client, { limit: 0 })
  await expect(wrong).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
})

it('says which outputs are too large for a list', async () => {
  const { client, gateway } = createFakeClient()
  gateway.createJob({ status: 'completed', output: 'small' })
  gateway.createJob({ status: 'completed', output: 'x'.repeat(5_000) })
  const { runs } = await readRuns(client)
  expect(runs.map(({ largeOutput, view }) => [largeOutput, view.output])).toEqual([
    [true, null],
    [false, 'small'],
  ])
})
