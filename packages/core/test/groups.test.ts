import { expect, it, vi } from 'vitest'
import { defineJob, defineWorkflow, groupOf, startMany, withCodec } from '../src/index.ts'
import { createFakeClient, type FakeGateway, failure } from '../src/testing/index.ts'

const importFile = defineJob<{ file: string }, number>('import_file')
const many = '/rpc/import_file/many'
const two = [{ file: 'a.csv' }, { file: 'b.csv' }]
const ended = (fields: object) => ({ total: 2, done: 0, failed: 0, cancelled: 0, ...fields })

/** The bodies of the requests that start a group and add to it. */
const bodies = ({ requests }: FakeGateway): Record<string, unknown>[] =>
  requests.filter(({ path }) => /\/(many|children)$/.test(path)).map(({ body }) => body)

it('starts one run for each item, counts them, and ends with their counts', async () => {
  const fake = createFakeClient()
  const onDone = vi.fn()
  const group = startMany(fake.client, importFile, two, { onDone })
  expect(group.getSnapshot()).toMatchObject({ phase: 'starting', children: null })
  await fake.settled()
  expect(bodies(fake.gateway)).toEqual([{ items: [{ args: two[0] }, { args: two[1] }] }])
  expect(group.getSnapshot()).toMatchObject({
    ...{ phase: 'queued', jobId: 'job-1', progress: 0, done: 0, total: 2 },
    children: ended({ running: 0 }),
  })
  await fake.child('import_file', 0).running()
  expect(group.getSnapshot()).toMatchObject({ phase: 'running', children: { running: 1 } })
  await fake.child('import_file', 0).complete(7)
  expect(group.getSnapshot()).toMatchObject({ progress: 50, children: { done: 1, running: 0 } })
  await fake.child('import_file', 1).complete(8)
  expect(await group.result).toEqual(ended({ done: 2 }))
  expect(onDone).toHaveBeenCalledTimes(1)
})

it('sends the labels of the group and of each item, and the choice on failure', async () => {
  const { client, gateway, settled } = createFakeClient()
  startMany(client, importFile, two, {
    ...{ title: 'Import', tags: ['july'], onFailure: 'stop' },
    label: ({ file }, index) => ({ title: file, tags: [`no-${index}`] }),
  })
  await settled()
  expect(bodies(gateway)).toEqual([
    {
      ...{ title: 'Import', tags: ['july'], on_failure: 'stop' },
      items: [
        { args: two[0], title: 'a.csv', tags: ['no-0'] },
        { args: two[1], title: 'b.csv', tags: ['no-1'] },
      ],
    },
  ])
})

it('encodes each item with the codec of the definition', async () => {
  const { client, gateway, settled } = createFakeClient()
  const since = withCodec(defineJob<Date | null, null>('import_file'), {
    toWire: (date) => date?.toISOString(),
  })
  startMany(client, since, [new Date(0), null])
  await settled()
  const items = [{ args: '1970-01-01T00:00:00.000Z' }, { args: null }]
  expect(bodies(gateway)).toEqual([{ items }])
})

it('starts workflows, too; the group itself is a job', async () => {
  const fake = createFakeClient({ workflows: ['verify'] })
  const verify = defineWorkflow<{ user: string }, boolean>('verify')
  const group = startMany(fake.client, verify, [{ user: 'u1' }])
  await fake.child('verify', 0).step('email', 'running')
  expect(group.getSnapshot()).toMatchObject({ jobId: 'job-1', children: { running: 1 } })
  expect(fake.gateway.children('job-1')).toEqual(['workflow-2'])
  await fake.child('verify', 0).complete(true)
  expect(await group.result).toMatchObject({ done: 1 })
})

it('a child that fails: the others go on, and the group fails at the end', async () => {
  const fake = createFakeClient()
  const onFail = vi.fn()
  const group = startMany(fake.client, importFile, two, { onFail })
  await fake.child('import_file', 0).fail('no such file')
  expect(group.getSnapshot()).toMatchObject({ phase: 'running', children: { failed: 1 } })
  await fake.child('import_file', 1).complete()
  await expect(group.result).rejects.toMatchObject({
    ...{ name: 'JobFailed', message: '1 of 2 failed' },
  })
  expect(group.getSnapshot().children).toEqual(ended({ done: 1, failed: 1, running: 0 }))
  expect(onFail).toHaveBeenCalledTimes(1)
})

it('onFailure: stop ends the group with the first child that fails', async () => {
  const fake = createFakeClient()
  const group = startMany(fake.client, importFile, two, { onFailure: 'stop' })
  await fake.child('import_file', 0).fail('no such file')
  await expect(group.result).rejects.toMatchObject({ name: 'JobFailed' })
  expect(group.getSnapshot().children).toMatchObject({ failed: 1, cancelled: 1 })
})

it('cancel() reaches the children, and retry() those that failed or were cancelled', async () => {
  const fake = createFakeClient()
  const group = startMany(fake.client, importFile, two)
  await fake.child('import_file', 0).complete()
  await group.cancel('enough')
  await expect(group.result).rejects.toMatchObject({ name: 'JobCancelled', message: 'enough' })
  expect(group.getSnapshot().children).toMatchObject({ done: 1, cancelled: 1 })
  await group.retry()
  await fake.settled()
  expect(group.getSnapshot()).toMatchObject({ phase: 'running', children: { cancelled: 0 } })
  await fake.child('import_file', 1).complete()
  expect(await group.result).toEqual(ended({ done: 2 }))
})

it('attach() with groupOf() follows a group, and persist finds it after a reload', async () => {
  const fake = createFakeClient()
  startMany(fake.client, importFile, two, { persist: 'import' })
  await fake.settled()
  const page = fake.reload()
  const group = page.client.attach(groupOf(importFile), undefined, { persist: 'import' })
  group.subscribe(() => undefined)
  await page.settled()
  expect(group.getSnapshot()).toMatchObject({ jobId: 'job-1', children: { total: 2 } })
  await page.child('import_file', 0).complete()
  await page.child('import_file', 1).complete()
  const output = await group.result
  output.done satisfies number
  expect(output).toEqual(ended({ done: 2 }))
})

it('lazy: starts with the first listener', async () => {
  const { client, gateway, settled } = createFakeClient()
  const group = startMany(client, importFile, two, { lazy: true })
  await settled()
  expect(gateway.requests).toEqual([])
  group.subscribe(() => undefined)
  await settled()
  expect(group.getSnapshot()).toMatchObject({ jobId: 'job-1', phase: 'queued' })
})

it.each<[string, object[], string]>([
  ['an empty list', [], 'A group of import_file needs at least one item: the list is empty'],
  [
    'a file',
    [{}, { file: new Blob(['a']) }],
    'import_file.1.args.file is a file: a group cannot have files',
  ],
])('%s fails the start, and nothing is sent', async (_, list, message) => {
  const { client, gateway, settled } = createFakeClient()
  const group = startMany(client, defineJob<object, null>('import_file'), list)
  await settled()
  expect(group.getSnapshot()).toMatchObject({ phase: 'failed', startError: { message } })
  await expect(group.result).rejects.toMatchObject({ name: 'StartFailed', message })
  expect(gateway.requests).toEqual([])
})

it.each<[string, readonly 'revisions'[]]>([
  ['an older server', ['revisions']],
  ['a Forge', []],
])('%s fails the start with the missing capability', async (_, capabilities) => {
  const { client, settled } = createFakeClient({ capabilities })
  const group = startMany(client, importFile, two)
  await settled()
  const message = 'This server cannot start many runs: it does not offer "groups"'
  expect(group.getSnapshot().startError).toMatchObject({ code: 'UNSUPPORTED', message })
})

it('a refused start tells which item is wrong', async () => {
  const { client, settled } = createFakeClient()
  const group = startMany(client, importFile, two, {
    label: (_, index) => ({ title: index === 1 ? '' : 'a' }),
  })
  await settled()
  expect(group.getSnapshot().startError).toMatchObject({
    code: 'VALIDATION_ERROR',
    details: [{ path: ['items', 1, 'title'] }],
  })
})

it('a start whose answer was lost is sent again under its key, and there is one group', async () => {
  const { client, gateway, advance } = createFakeClient()
  let lost = 2
  gateway.lose(({ path }) => path === many && lost-- > 0)
  const group = startMany(client, importFile, two)
  await advance(60_000)
  expect(group.getSnapshot()).toMatchObject({ jobId: 'job-1', children: { total: 2 } })
  const keys = gateway.requests.map(({ headers }) => headers.get('x-idempotency-key'))
  expect(new Set(keys.filter((key) => key !== null)).size).toBe(1)
  expect(gateway.count(many)).toBe(3)
  expect(() => gateway.run('job-4')).toThrow()
})

it('a refused start can be sent again', async () => {
  const { client, gateway, settled } = createFakeClient()
  gateway.intercept(({ path }) => (path === many ? failure(403, 'FORBIDDEN', 'no') : undefined))
  const group = startMany(client, importFile, two)
  await settled()
  expect(group.getSnapshot().startError).toMatchObject({ code: 'FORBIDDEN' })
  gateway.intercept(() => undefined)
  await group.retryStart()
  await settled()
  expect(group.getSnapshot()).toMatchObject({ jobId: 'job-1', startError: null })
})
