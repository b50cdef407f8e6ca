import { expect, it } from 'vitest'
import type { RunsPage } from '../src/protocol/index.ts'
import { createFakeGateway, type FakeGateway } from '../src/testing/index.ts'

/** A gateway with three runs: a workflow of another user, a failed job, then a running job. */
function createServer(): FakeGateway {
  let time = 0
  const gateway = createFakeGateway({ now: () => time++ })
  gateway.createWorkflow({ workflow_id: 'theirs' }, { name: 'verify', owner: 'bo' })
  gateway.createJob({ job_id: 'old', status: 'failed' }, { name: 'import', tags: ['a', 'b'] })
  gateway.createJob({ job_id: 'new', status: 'running' }, { name: 'export', title: 'Users' })
  return gateway
}

async function answer(gateway: FakeGateway, path: string, init?: RequestInit): Promise<unknown> {
  const response = await gateway.fetch(`http://fake/_api${path}`, init)
  return await response.json()
}

async function read(gateway: FakeGateway, query: string): Promise<RunsPage> {
  return ((await answer(gateway, `/runs?${query}`)) as { data: RunsPage }).data
}

it('lists the own runs, the newest first, with their states', async () => {
  expect(await read(createServer(), '')).toEqual({
    runs: [
      {
        ...{ kind: 'job', id: 'new', name: 'export', title: 'Users', tags: [], owner: null },
        ended: false,
        snapshot: expect.objectContaining({ job_id: 'new', status: 'running' }),
      },
      {
        ...{ kind: 'job', id: 'old', name: 'import', title: null, tags: ['a', 'b'], owner: null },
        ended: true,
        snapshot: expect.objectContaining({ job_id: 'old', status: 'failed' }),
      },
    ],
    next: null,
  })
})

it.each([
  ['kind=job', ['new', 'old']],
  ['kind=workflow', []],
  ['name=export', ['new']],
  ['name=export&name=import', ['new', 'old']],
  ['status=active', ['new']],
  ['status=ended', ['old']],
  ['status=failed&status=running', ['new', 'old']],
  ['tag=b', ['old']],
  ['owner=bo', ['theirs']],
  ['anyOwner=true', ['new', 'old', 'theirs']],
  ['anyOwner=true&kind=workflow', ['theirs']],
])('lists the runs of the filter %s', async (query, ids) => {
  expect((await read(createServer(), query)).runs.map(({ id }) => id)).toEqual(ids)
})

it('reads a list page by page', async () => {
  const gateway = createServer()
  const first = await read(gateway, 'anyOwner=true&limit=2')
  expect(first.runs.map(({ id }) => id)).toEqual(['new', 'old'])
  const second = await read(gateway, `anyOwner=true&limit=2&cursor=${first.next}`)
  expect(second).toMatchObject({ runs: [{ id: 'theirs' }], next: null })
})

it.each(['limit=0', 'limit=201', 'limit=x', 'kind=query', 'anyOwner=1', 'nome=a'])(
  'refuses the filter %s',
  async (query) => {
    const refused = await answer(createServer(), `/runs?${query}`)
    expect(refused).toMatchObject({ success: false, error: { code: 'INVALID_ARGUMENT' } })
  },
)

it('answers the same as the query headway.runs, without states', async () => {
  const gateway = createServer()
  const body = JSON.stringify({ args: { name: 'export' } })
  expect(await answer(gateway, '/rpc/headway.runs', { method: 'POST', body })).toMatchObject({
    data: {
      runs: [{ kind: 'job', id: 'new', name: 'export', title: 'Users', tags: [], owner: null }],
      next: null,
    },
    revision: 3,
  })
})

it('without the capability there is no such path and no such query', async () => {
  const gateway = createFakeGateway({ capabilities: ['revisions'] })
  const refused = { success: false, error: { code: 'NOT_FOUND' } }
  expect(await answer(gateway, '/runs')).toMatchObject(refused)
  expect(await answer(gateway, '/rpc/headway.runs', { method: 'POST' })).toMatchObject(refused)
})

it.each([{ title: '' }, { title: 'a'.repeat(201) }, { tags: 'a' }, { tags: [''] }])(
  'refuses a start with %j',
  async (labels) => {
    const post = { method: 'POST', body: JSON.stringify({ args: null, ...labels }) }
    const refused = await answer(createFakeGateway(), '/rpc/export_users', post)
    expect(refused).toMatchObject({ success: false, error: { code: 'VALIDATION_ERROR' } })
  },
)
