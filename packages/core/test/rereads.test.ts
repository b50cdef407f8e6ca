import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, type FakeClient, success } from '../src/testing/index.ts'

// reduxjs/redux-toolkit#2444, TanStack/query#2154, #471, #8530: an invalidation during a read is
// dropped, although the answer of that read may be older.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

/**
 * Answers the next registration with the current state, but delays that answer until `release()`.
 */
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

it('reads again after a second gap that comes while it reads the first one', async () => {
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
  // The server has read 10 %. The job ends now, and the server skips that, too, with another gap.
  gateway.updateSilently(jobId, { status: 'completed', progress: 100, output: 'done' })
  gateway.send({ type: 'gap', target: `job:${jobId}` })
  await settled()
  held.release()
  await settled()
  // The stream is still open, so there is no new registration.
  for (let at = 0; at < 6; at += 1) {
    await fake.advance(10_000)
    gateway.ping()
  }
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
})

it('reads again on refetch() while an older answer is under way', async () => {
  let names = ['ann']
  const fake = createFakeClient({ queries: { list_users: () => names } })
  const { client, settled } = fake
  const users = client.watch(listUsers, null)
  users.subscribe(() => undefined)
  await settled()
  const held = holdNextAnswer(fake, () => ['ann'])
  users.refetch()
  await settled()
  // A call has changed the data without a push.
  names = ['ann', 'bob']
  users.refetch()
  await settled()
  held.release()
  await settled()
  expect(users.getSnapshot().data).toEqual(['ann', 'bob'])
})
