import { expect, it } from 'vitest'
import { defineJob, groupOf, startMany } from '../src/index.ts'
import { createFakeClient, createFakeGateway, type FakeGateway } from '../src/testing/index.ts'

/* The groups of the fake gateway. Those of every server are tested in packages/conformance. */

const importFile = defineJob<string, null>('import_file')

const post = async (gateway: FakeGateway, path: string, body: object): Promise<unknown[]> => {
  const init = { method: 'POST', body: JSON.stringify(body) }
  const response = await gateway.fetch(`http://fake/_api${path}`, init)
  const answer = await response.json()
  return [response.status, answer.data ?? answer.error.code]
}

it('a run that a test creates with a parent is counted by it', () => {
  const gateway = createFakeGateway()
  gateway.createJob({ status: 'running' })
  gateway.createJob({}, { parent: 'job-1' })
  gateway.createWorkflow({}, { parent: 'job-1' })
  expect(gateway.children('job-1')).toEqual(['job-2', 'workflow-3'])
  const none = { total: 2, done: 0, failed: 0, cancelled: 0, running: 0 }
  expect(gateway.run('job-1')).toMatchObject({ status: 'running', children: none })
  gateway.update('job-2', { status: 'claimed' })
  gateway.update('workflow-3', { status: 'compensated', cancel_requested: true })
  // It is no group: its own work says how it goes on.
  const later = { ...none, running: 1, cancelled: 1 }
  expect(gateway.run('job-1')).toMatchObject({ status: 'running', children: later })
})

it('a request to cancel a run reaches its children, and theirs', async () => {
  const gateway = createFakeGateway()
  gateway.createJob({ status: 'running' })
  gateway.createWorkflow({ status: 'running' }, { parent: 'job-1' })
  gateway.createJob({}, { parent: 'workflow-2' })
  gateway.createJob({ status: 'completed' }, { parent: 'workflow-2' })
  await post(gateway, '/jobs/job-1/cancel', { reason: 'enough' })
  const statuses = ['job-1', 'workflow-2', 'job-3', 'job-4'].map((id) => gateway.run(id).status)
  expect(statuses).toEqual(['cancelled', 'compensated', 'cancelled', 'completed'])
})

it('a child that is run again opens its group again', async () => {
  const { client, gateway, child, settled } = createFakeClient()
  startMany(client, importFile, ['a.csv'])
  await child('import_file', 0).fail('no such file')
  expect(gateway.run('job-1').status).toBe('failed')
  await post(gateway, '/jobs/job-2/retry', {})
  await settled()
  expect(gateway.run('job-1')).toMatchObject({ status: 'pending', error: null })
})

it('last() is the group, and child() one of its runs', async () => {
  const { client, gateway, child, last, settled } = createFakeClient()
  startMany(client, importFile, ['a.csv'])
  await settled()
  expect(gateway.last('import_file')).toBe('job-1')
  await last('import_file').dropConnection().reconnect()
  await child('import_file', 0).running().progress(40)
  expect(gateway.run('job-2')).toMatchObject({ status: 'running', progress: 40 })
  await expect(child('import_file', 1).running()).rejects.toThrow('has no child 1')
})

it('without the capability it has no such paths', async () => {
  const gateway = createFakeGateway({ capabilities: ['revisions', 'lists'] })
  const body = { items: [{ args: null }] }
  expect(await post(gateway, '/rpc/import_file/many', body)).toEqual([404, 'NOT_FOUND'])
  gateway.createJob()
  const added = await post(gateway, '/jobs/job-1/children', { from: 0, ...body })
  expect(added).toEqual([404, 'NOT_FOUND'])
})

it.each<[string, object, unknown[]]>([
  ['a gap before its items', { from: 2, items: [{}] }, [400, 'INVALID_ARGUMENT']],
  ['a number that is none', { from: 'all', items: [{}] }, [400, 'INVALID_ARGUMENT']],
  ['too many items', { from: 1, items: Array(1_001).fill({}) }, [400, 'INVALID_ARGUMENT']],
  ['items that are none', { from: 1, items: [7] }, [422, 'UNPROCESSABLE_ENTITY']],
])('refuses to add to a group with %s', async (_, body, refused) => {
  const gateway = createFakeGateway()
  await post(gateway, '/rpc/import_file/many', { items: [{}], open: true })
  expect(await post(gateway, '/jobs/job-1/children', body)).toEqual(refused)
})

it('refuses to add to a run that is no group', async () => {
  const gateway = createFakeGateway()
  gateway.createJob()
  const body = { from: 0, items: [{}] }
  expect(await post(gateway, '/jobs/job-1/children', body)).toEqual([409, 'CONFLICT'])
})

it('a page that follows a group sees each change of its counts, of every revision the newest', async () => {
  const { client, gateway, settled } = createFakeClient()
  startMany(client, importFile, ['a.csv', 'b.csv', 'c.csv'])
  await settled()
  const group = client.attach(groupOf(importFile), 'job-1')
  const seen: (number | undefined)[] = []
  group.subscribe(() => seen.push(group.getSnapshot().children?.done))
  for (const id of gateway.children('job-1')) {
    gateway.update(id, { status: 'completed' })
    await settled()
  }
  expect(seen.at(-1)).toBe(3)
  expect(seen).toEqual([...seen].sort())
})
