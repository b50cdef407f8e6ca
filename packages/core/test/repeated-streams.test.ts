import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { capabilities } from '../src/protocol/server-event.ts'
import { createFakeClient } from '../src/testing/index.ts'

/* A request for a stream that something between client and server repeats, or answers itself. */

const exportUsers = defineJob<null, string>('export_users')

const attach = () => {
  const fake = createFakeClient({}, { random: () => 0.5 })
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 10 })
  const job = fake.client.attach(exportUsers, job_id)
  job.subscribe(() => undefined)
  return { ...fake, job, jobId: job_id }
}

it('a second session in one stream takes over: it has the same registrations', async () => {
  const { gateway, settled, advance, job, jobId } = attach()
  const bodies: Record<string, unknown>[] = []
  gateway.intercept(({ path, body }) => {
    if (path.startsWith('/unsubscribe')) bodies.push(body)
    return undefined
  })
  await settled()
  const again = { session_id: crypto.randomUUID(), session_secret: 'again' }
  gateway.send({ type: 'connected', ...again, capabilities: [...capabilities] })
  const answer = { kind: 'job', id: jobId, success: true } as const
  const snapshot = { ...gateway.run(jobId), progress: 60, revision: 60 }
  gateway.send({ type: 'answers', answers: [{ ...answer, data: snapshot }] })
  await settled()
  expect(job.getSnapshot()).toMatchObject({ progress: 60, sync: { status: 'live' } })
  job.unsubscribe()
  await advance(5_000)
  expect(bodies).toMatchObject([again])
})

it.each([502, 504])('a balancer that answers %i is asked again, with the items', async (status) => {
  const { gateway, advance, job } = attach()
  let refusals = 2
  const carried: unknown[] = []
  gateway.intercept(({ path, body }) => {
    if (path !== '/events') return undefined
    carried.push(body.items)
    refusals -= 1
    return refusals < 0 ? undefined : new Response('Bad Gateway', { status })
  })
  await advance(10_000)
  expect(job.getSnapshot().sync.status).toBe('live')
  // Every third attempt carries none.
  expect(carried.map((items) => (items as unknown[])?.length)).toEqual([1, 1, undefined])
})
