import { expect, it } from 'vitest'
import { defineJob, watchRuns, withCodec } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const job = { kind: 'job', id: 'job-1', name: 'export_users', tags: ['a'], owner: null } as const

/** A watched list of one run, and what its server says of that. */
async function openList() {
  const dated = withCodec(defineJob<null, string>('renamed'), { fromWire: () => 'decoded' })
  const { client, gateway, settled } = createFakeClient()
  gateway.createJob({ status: 'completed', output: 'users.csv' }, { ...job, title: 'Users' })
  const list = watchRuns(client, { name: ['export_users', dated] })
  list.subscribe(() => undefined)
  await settled()
  let revision = 100
  const say = async (different: object) => {
    const run = { ...job, title: 'Users', ended: true, ...different }
    revision += 1
    gateway.send({
      type: 'update',
      target: 'sub:q1',
      payload: { runs: [run], next: null },
      revision,
    })
    await settled()
    return list.getSnapshot().runs[0]
  }
  return { say, row: () => list.getSnapshot().runs[0] }
}

it.each([{ title: 'All users' }, { title: null }, { tags: ['a', 'b'] }, { owner: 'ann' }])(
  'a run that gets %j has another row with it',
  async (different) => {
    const { row, say } = await openList()
    const before = row()
    expect(before).toMatchObject({ ...job, title: 'Users' })
    const after = await say(different)
    expect(after).toMatchObject({ ...job, title: 'Users', ...different })
    expect(after).toMatchObject({ view: before?.view, cancel: before?.cancel })
    expect(await say({ ...different, ended: true })).toBe(after)
  },
)

it('a run with equal labels keeps its row', async () => {
  const { row, say } = await openList()
  const before = row()
  expect(await say({ tags: [...job.tags] })).toBe(before)
})

it('a run with another name is read by the definition of that name', async () => {
  const { row, say } = await openList()
  expect(row()?.view.output).toBe('users.csv')
  expect(await say({ name: 'renamed' })).toMatchObject({
    name: 'renamed',
    view: { output: 'decoded' },
  })
})
