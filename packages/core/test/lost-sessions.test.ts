import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { capabilities } from '../src/protocol/server-event.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

/* A balancer sends each request to another server, and the servers do not know each other. */

const exportUsers = defineJob<null, string>('export_users')
/** Servers that cannot register in the request for the stream. */
const older = capabilities.filter((word) => word !== 'stream-answers')

const misrouted = () => {
  const fake = createFakeClient({ capabilities: older }, { random: () => 0.5 })
  let isMisrouted = true
  fake.gateway.intercept(({ path }) =>
    isMisrouted && path.startsWith('/subscribe')
      ? failure(404, 'SESSION_NOT_FOUND', 'There is no such session')
      : undefined,
  )
  const { job_id } = fake.gateway.createJob({ status: 'running', progress: 10 })
  const job = fake.client.attach(exportUsers, job_id)
  const syncs: string[] = []
  job.subscribe(() => {
    const { status, reason } = job.getSnapshot().sync
    const sync = reason === null ? status : `${status} ${reason}`
    if (syncs.at(-1) !== sync) syncs.push(sync)
  })
  return {
    ...fake,
    job,
    jobId: job_id,
    syncs,
    mend: () => {
      isMisrouted = false
    },
  }
}

it('shows what is polled, and says why it may be old', async () => {
  const { advance, gateway, job, jobId } = misrouted()
  await advance(2_000)
  expect(job.getSnapshot()).toMatchObject({ progress: 10 })
  gateway.update(jobId, { progress: 60 })
  await advance(6_000)
  expect(job.getSnapshot()).toMatchObject({
    progress: 60,
    sync: { status: 'connecting', reason: 'session_lost' },
  })
})

it('opens ever fewer streams', async () => {
  const { advance, gateway } = misrouted()
  await advance(60_000)
  const inFirstMinute = gateway.count('/events')
  await advance(600_000)
  expect(gateway.count('/events') - inFirstMinute).toBeLessThan(10 * inFirstMinute)
  expect(gateway.count('/events')).toBeLessThan(100)
})

it('does not flicker, and is live once a session holds', async () => {
  const { advance, gateway, job, syncs, mend } = misrouted()
  mend()
  await advance(100)
  expect(job.getSnapshot().sync.status).toBe('live')
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe')
      ? failure(404, 'SESSION_NOT_FOUND', 'There is no such session')
      : undefined,
  )
  gateway.drop()
  await advance(120_000)
  const before = syncs.length
  await advance(600_000)
  expect(syncs.slice(before)).toEqual([])
  expect(syncs.at(-1)).toBe('stale session_lost')
  gateway.intercept(() => undefined)
  await advance(30_000)
  expect(job.getSnapshot().sync.status).toBe('live')
  const polls = gateway.count(`/jobs/${job.getSnapshot().jobId}`)
  await advance(60_000)
  expect(gateway.count(`/jobs/${job.getSnapshot().jobId}`)).toBe(polls)
})
