import { expect, it } from 'vitest'
import { defineJob, readRuns, startMany, watchRuns } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

/* Lists of the children of a run. */

const importFile = defineJob<string, number>('import_file')
const files = ['a.csv', 'b.csv', 'c.csv']

/** A page with a group of three runs. */
async function createGroup() {
  const fake = createFakeClient()
  startMany(fake.client, importFile, files, { label: (file) => ({ title: file }) })
  await fake.settled()
  return fake
}

it('has the children in the order of the items, live, and no other runs', async () => {
  const { client, gateway, settled, child } = await createGroup()
  gateway.createJob({}, { name: 'import_file' })
  const list = watchRuns(client, { parent: 'job-1', name: importFile })
  list.subscribe(() => undefined)
  await settled()
  const rows = () => list.getSnapshot().runs.map(({ title, view }) => [title, view.phase])
  expect(rows()).toEqual(files.map((file) => [file, 'queued']))
  await child('import_file', 1).complete(7)
  expect(rows()).toEqual([
    ['a.csv', 'queued'],
    ['b.csv', 'succeeded'],
    ['c.csv', 'queued'],
  ])
})

it('a list without a parent has the group, and none of its children', async () => {
  const { client } = await createGroup()
  const { runs } = await readRuns(client)
  expect(runs.map(({ id, view }) => [id, view.children?.total])).toEqual([['job-1', 3]])
})

it('loadMore() shows later children, and pages of readRuns() go on in their order', async () => {
  const { client, settled } = await createGroup()
  const filter = { parent: 'job-1', limit: 2 }
  const list = watchRuns(client, filter)
  list.subscribe(() => undefined)
  await settled()
  list.loadMore()
  await settled()
  expect(list.getSnapshot().runs.map(({ title }) => title)).toEqual(files)
  const first = await readRuns(client, filter)
  const second = await readRuns(client, { ...filter, cursor: first.next })
  const titles = [...first.runs, ...second.runs].map(({ title }) => title)
  expect([titles, second.next]).toEqual([files, null])
})

it('goes with other members of a filter, but not with owners', async () => {
  const { client, child } = await createGroup()
  await child('import_file', 1).fail('no such file')
  const { runs } = await readRuns(client, { parent: 'job-1', status: 'failed' })
  expect(runs.map(({ title }) => title)).toEqual(['b.csv'])
  const message = 'A list with a parent has all of its children: leave out owner and anyOwner'
  for (const others of [{ owner: 'ann' }, { anyOwner: true }, { anyOwner: false }]) {
    const filter = { parent: 'job-1', ...others }
    expect(() => watchRuns(client, filter)).toThrow(message)
    await expect(readRuns(client, filter)).rejects.toThrow(message)
  }
})

it('a server without groups: the error says so', async () => {
  const capabilities = ['revisions', 'lists', 'stream-answers', 'subscribe-batch'] as const
  const { client, settled } = createFakeClient({ capabilities })
  const list = watchRuns(client, { parent: 'job-1' })
  list.subscribe(() => undefined)
  await settled()
  expect(list.getSnapshot().error).toMatchObject({
    code: 'UNSUPPORTED',
    message: 'This server has no lists of the children of a run: it does not offer "groups"',
  })
  await expect(readRuns(client, { parent: 'job-1' })).rejects.toMatchObject({
    code: 'UNSUPPORTED',
    message: 'This server cannot list runs: it does not offer "groups"',
  })
})
