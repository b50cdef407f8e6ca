import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, type FakeClient, success } from '../src/testing/index.ts'

// reduxjs/redux-toolkit#2444, TanStack/query#2154, #471, #8530: an invalidation that comes while the answer
// to the one before is under way is taken to be served by that answer, which is older.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

/** Answers the next registration as things are now, and hands that answer out when told to. */
function holdNextAnswer(fake: FakeClient, data: () => unknown) {
  let release: () => void = () => undefined
  let isHeld = false
  fake.gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch' || isHeld) return undefined
    isHeld = true
    const items = body.items as { id: string }[]
    const answer = success({ data: items.map(({ id }) => ({ id, success: true, data: data() })) })
    return new Promise((resolve) => {
      release = () => resolve(answer)
    })
  })
  return { release: () => release(), isHeld: () => isHeld }
}

it('a second gap, while the first one is read again, is read again too', async () => {
  const fake = createFakeClient()
  const { client, gateway, settled } = fake
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  gateway.update(jobId, { status: 'running', progress: 10 })
  await settled()
  const held = holdNextAnswer(fake, () => ({ ...gateway.run(jobId) }))
  gateway.send({ type: 'gap', target: `job:${jobId}` })
  await settled()
  expect(held.isHeld()).toBe(true)
  // The server has read 10 %. The job ends now, and that is skipped, too: it says so.
  gateway.updateSilently(jobId, { status: 'completed', progress: 100, output: 'done' })
  gateway.send({ type: 'gap', target: `job:${jobId}` })
  await settled()
  held.release()
  await settled()
  // The stream lives, so nothing is registered anew.
  for (let at = 0; at < 6; at += 1) {
    await fake.advance(10_000)
    gateway.ping()
  }
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
})

it('refetch() while an older answer is under way asks once more', async () => {
  let names = ['ann']
  const fake = createFakeClient({ queries: { list_users: () => names } })
  const { client, settled } = fake
  const users = client.watch(listUsers, null)
  users.subscribe(() => undefined)
  await settled()
  const held = holdNextAnswer(fake, () => ['ann'])
  users.refetch()
  await settled()
  // A call that the server's live queries know nothing of has changed it.
  names = ['ann', 'bob']
  users.refetch()
  await settled()
  held.release()
  await settled()
  expect(users.getSnapshot().data).toEqual(['ann', 'bob'])
})
