import { expect, it } from 'vitest'
import { watchRuns } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'

it('an empty list is not loading', async () => {
  const { client, settled } = createFakeClient()
  const list = watchRuns(client, { status: 'active' })
  list.subscribe(() => undefined)
  await settled()
  expect(list.getSnapshot()).toMatchObject({ runs: [], loading: false, error: null })
})

it('a lost connection: the list and its rows are stale, and right after the reconnect', async () => {
  const { client, gateway, settled } = createFakeClient()
  for (const name of ['a', 'b', 'c']) gateway.createJob({}, { name })
  const list = watchRuns(client)
  list.subscribe(() => undefined)
  await settled()
  gateway.goOffline()
  await settled()
  expect(list.getSnapshot()).toMatchObject({
    ...{ loading: false, sync: { status: 'stale', reason: 'network' } },
    runs: [3, 2, 1].map((n) => ({ id: `job-${n}`, view: { sync: { status: 'stale' } } })),
  })
  gateway.update('job-1', { status: 'completed', output: 'done' })
  gateway.forget('job-2')
  gateway.createWorkflow()
  gateway.goOnline()
  client.reconnectNow()
  await settled()
  await settled()
  expect(list.getSnapshot()).toMatchObject({
    ...{ sync: { status: 'live' }, error: null },
    runs: [
      { id: 'workflow-4', kind: 'workflow', view: { phase: 'queued' } },
      { id: 'job-3', view: { sync: { status: 'live' } } },
      { id: 'job-1', view: { phase: 'succeeded' } },
    ],
  })
})

it('a list that is refused has the error', async () => {
  const { client, gateway, settled } = createFakeClient({ capabilities: inBatches })
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe') ? failure(401, 'UNAUTHORIZED', 'sign in') : undefined,
  )
  const list = watchRuns(client)
  list.subscribe(() => undefined)
  await settled()
  const error = { code: 'UNAUTHORIZED', message: 'sign in' }
  expect(list.getSnapshot()).toMatchObject({ runs: [], loading: false, error })
})

it('a wrong filter has the error', async () => {
  const { client, settled } = createFakeClient()
  const list = watchRuns(client, { limit: 1_000 })
  list.subscribe(() => undefined)
  await settled()
  expect(list.getSnapshot().error).toMatchObject({ code: 'INVALID_ARGUMENT' })
})

it.each([[['revisions'] as const], [[] as const]])(
  'a server with the capabilities %j has no lists, and the error says so',
  async (capabilities) => {
    const { client, settled } = createFakeClient({ capabilities })
    const list = watchRuns(client)
    list.subscribe(() => undefined)
    await settled()
    const view = list.getSnapshot()
    expect(view).toMatchObject({ runs: [], loading: false, sync: { status: 'refused' } })
    expect(view.error).toMatchObject({
      code: 'UNSUPPORTED',
      message: 'This server has no lists of runs: it does not offer "lists"',
    })
    expect(list.getSnapshot()).toBe(view)
  },
)

it('an answer without runs is an error, and removes no rows', async () => {
  const { client, gateway, settled } = createFakeClient()
  gateway.createJob()
  const list = watchRuns(client)
  list.subscribe(() => undefined)
  await settled()
  gateway.send({ type: 'update', target: 'sub:q1', payload: { rows: [] }, revision: 99 })
  await settled()
  expect(list.getSnapshot()).toMatchObject({
    error: { name: 'ProtocolError' },
    runs: [{ id: 'job-1' }],
  })
})

it('a run that may not be read is left out', async () => {
  const { client, gateway, settled } = createFakeClient({ capabilities: inBatches })
  gateway.createJob()
  gateway.createJob()
  const { fetch } = gateway
  gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch' || !JSON.stringify(body.items).includes('job-1')) return
    const items = body.items as { id: string; kind: 'job' }[]
    const error = { code: 'FORBIDDEN', message: 'not yours' }
    const data = items.map(({ id, kind }) =>
      id === 'job-1'
        ? { kind, id, success: false, error }
        : { kind, id, success: true, data: gateway.run(id) },
    )
    return Response.json({ success: true, data })
  })
  const list = watchRuns(client)
  list.subscribe(() => undefined)
  await settled()
  expect(list.getSnapshot()).toMatchObject({ loading: false, runs: [{ id: 'job-2' }] })
  expect(fetch).toBe(gateway.fetch)
})
