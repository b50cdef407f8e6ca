import { expect, it } from 'vitest'
import {
  defineJob,
  defineWorkflow,
  type RunsFilter,
  type RunsView,
  watchRuns,
  withCodec,
} from '../src/index.ts'
import { createFakeClient, type FakeGatewayOptions } from '../src/testing/index.ts'

const exportUsers = defineJob<{ format: string }, string>('export_users')

/** A watched list of a server with `count` jobs, and every view that it has shown. */
function createList(count: number, filter: RunsFilter = {}, options: FakeGatewayOptions = {}) {
  const fake = createFakeClient(options)
  for (let at = 0; at < count; at += 1) fake.gateway.createJob({}, { name: 'export_users' })
  const list = watchRuns(fake.client, filter)
  const seen: RunsView[] = []
  const open = async (): Promise<() => void> => {
    const leave = list.subscribe(() => seen.push(list.getSnapshot()))
    await fake.settled()
    return leave
  }
  const ids = (): string[] => list.getSnapshot().runs.map(({ id }) => id)
  return { ...fake, list, seen, open, ids }
}

it('is loading, then shows all runs with their states, the newest first', async () => {
  const { list, seen, open, ids, gateway } = createList(2)
  expect(list.getSnapshot()).toMatchObject({ runs: [], loading: true, hasMore: false })
  expect(gateway.requests).toEqual([])
  await open()
  expect(ids()).toEqual(['job-2', 'job-1'])
  expect(seen).toHaveLength(1)
  expect(seen[0]).toMatchObject({
    ...{ loading: false, loadingMore: false, error: null, sync: { status: 'live' } },
    runs: [{ kind: 'job', name: 'export_users', view: { phase: 'queued' } }, { id: 'job-1' }],
  })
})

it('registers all its runs in one request', async () => {
  const { open, gateway } = createList(20)
  await open()
  expect(gateway.requests.map(({ path }) => path)).toEqual(['/events', '/subscribe-batch'])
})

it('changes only the row of the run that moved', async () => {
  const { list, open, gateway, settled } = createList(2)
  await open()
  const [newer, older] = list.getSnapshot().runs
  gateway.update('job-1', { status: 'running', progress: 40 })
  await settled()
  const [sameNewer, moved] = list.getSnapshot().runs
  expect(sameNewer).toBe(newer)
  expect(moved).toMatchObject({ id: 'job-1', view: { progress: 40 } })
  expect([moved?.cancel, moved?.retry]).toEqual([older?.cancel, older?.retry])
})

it('a new run appears with its state, and one that was removed leaves', async () => {
  const { open, ids, gateway, client, settled, seen } = createList(1)
  await open()
  client.start(exportUsers, { format: 'csv' }, { title: 'Users', tags: ['a'] })
  await settled()
  expect(ids()).toEqual(['job-2', 'job-1'])
  expect(seen.at(-1)?.runs[0]).toMatchObject({ title: 'Users', tags: ['a'] })
  gateway.forget('job-1')
  await settled()
  expect(ids()).toEqual(['job-2'])
  expect(seen.flatMap(({ runs }) => runs).filter(({ view }) => view.loading)).toEqual([])
})

it('a run that ended stays with its end, and is not followed', async () => {
  const { list, open, gateway, settled } = createList(1)
  await open()
  gateway.update('job-1', { status: 'completed', output: 'users.csv' })
  await settled()
  const [row] = list.getSnapshot().runs
  expect(row?.view).toMatchObject({ phase: 'succeeded', output: 'users.csv' })
  expect(gateway.registrations()).toEqual(['sub:q1'])
})

it('a run that somebody else runs again is followed again', async () => {
  const { list, open, gateway, settled } = createList(1)
  await open()
  gateway.update('job-1', { status: 'failed', error: 'disk full' })
  await settled()
  gateway.update('job-1', { status: 'pending', error: null })
  await settled()
  expect(list.getSnapshot().runs[0]?.view).toMatchObject({ phase: 'queued', error: null })
  gateway.update('job-1', { status: 'running', progress: 40 })
  await settled()
  expect(list.getSnapshot().runs[0]?.view).toMatchObject({ phase: 'running', progress: 40 })
})

it('a run leaves a list of active runs when it ends', async () => {
  const { open, ids, gateway, settled } = createList(2, { status: 'active' })
  await open()
  gateway.update('job-1', { status: 'failed', error: 'disk full' })
  await settled()
  expect(ids()).toEqual(['job-2'])
})

it('shares its runs with other handles, and its registration with equal lists', async () => {
  const { list, open, client, gateway, settled } = createList(1, { name: ['a', 'export_users'] })
  await open()
  client.attach(exportUsers, 'job-1').subscribe(() => undefined)
  const equal = watchRuns(client, { name: ['a', 'export_users'] })
  equal.subscribe(() => undefined)
  await settled()
  expect(gateway.registrations()).toEqual(['sub:q1', 'job:job-1'])
  expect(equal.getSnapshot().runs[0]?.view).toBe(list.getSnapshot().runs[0]?.view)
})

it('cancels and runs a run again by its row', async () => {
  const { list, open, gateway, settled } = createList(1)
  await open()
  const [row] = list.getSnapshot().runs
  await row?.cancel('enough')
  await settled()
  expect(list.getSnapshot().runs[0]?.view).toMatchObject({ phase: 'cancelled', error: 'enough' })
  await row?.retry()
  gateway.update('job-1', { status: 'running', progress: 7 })
  await settled()
  expect(list.getSnapshot().runs[0]?.view).toMatchObject({ phase: 'running', progress: 7 })
})

it('decodes outputs by the definitions of its filter, and asks for their kind', async () => {
  const report = withCodec(defineJob<null, Date>('export_users'), {
    fromWire: (output) => new Date(String(output)),
  })
  const { open, gateway, client } = createList(1)
  gateway.update('job-1', { status: 'completed', output: '2020-01-01T00:00:00.000Z' })
  const list = watchRuns(client, { name: report })
  list.subscribe(() => undefined)
  await open()
  const [row] = list.getSnapshot().runs
  expect(row?.view.output?.getFullYear()).toBe(2020)
  const items = gateway.requests[0]?.body.items
  expect(items).toContainEqual(
    expect.objectContaining({ args: { kind: 'job', name: ['export_users'] } }),
  )
})

it('rows have the types of their definitions', () => {
  const { client } = createFakeClient()
  const verify = defineWorkflow<null, number>('verify_account')
  const [row] = watchRuns(client, { name: [exportUsers, verify] }).getSnapshot().runs
  if (row?.kind === 'job') row.view.output satisfies string | null
  if (row?.kind === 'workflow') row.view.output satisfies number | null
  // @ts-expect-error the output of a run without a definition is unknown
  const text: string | undefined = watchRuns(client).getSnapshot().runs[0]?.view.output
  expect([row, text]).toEqual([undefined, undefined])
})

it('many changes of one frame make one view', async () => {
  const { client, gateway, settled, advance } = createFakeClient({}, { everyUpdate: false })
  const ids = [1, 2, 3, 4].map(() => gateway.createJob().job_id)
  const list = watchRuns(client)
  const seen: (number | null)[][] = []
  list.subscribe(() => seen.push(list.getSnapshot().runs.map(({ view }) => view.progress)))
  await settled()
  seen.length = 0
  for (const id of ids) gateway.update(id, { progress: 5 })
  await settled()
  await advance(20)
  // The first update after a quiet frame is shown at once.
  expect(seen).toEqual([
    [0, 0, 0, 5],
    [5, 5, 5, 5],
  ])
})
