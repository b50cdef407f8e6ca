import { expect, it } from 'vitest'
import { createClient, defineJob, defineWorkflow } from '../src/index.ts'
import type { JobSnapshot, WorkflowSnapshot } from '../src/protocol/index.ts'
import { followJob, type JobEvent, reduceJob } from '../src/state/job-state.ts'
import { createFakeTime, settled } from '../src/testing/fake-time.ts'
import { createFakeGateway } from '../src/testing/index.ts'
import { buffered } from './support/proxy.ts'

const exportUsers = defineJob<null, string>('export_users')
const signUp = defineWorkflow<null, string>('sign_up')

/** A client whose clock is behind the server's by `clock.aheadMs`, which the test can change. */
const behind = (aheadMs: number, capabilities?: []) => {
  const { scheduler, advance } = createFakeTime()
  const clock = { aheadMs }
  const gateway = createFakeGateway({
    now: () => scheduler.now() + clock.aheadMs,
    workflows: ['sign_up'],
    ...(capabilities && { capabilities }),
  })
  const options = { url: 'http://fake', fetch: gateway.fetch, scheduler, storage: null }
  const client = createClient({ ...options, random: () => 0, everyUpdate: true })
  /** Changes the last run of that name. */
  const change = async (
    name: string,
    fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>,
  ): Promise<void> => {
    gateway.update(gateway.last(name), fields)
    await settled()
  }
  const reconnect = async (): Promise<void> => {
    gateway.drop(new TypeError('network lost'))
    await settled()
    client.reconnectNow()
    await settled()
  }
  return { client, gateway, change, advance, clock, reconnect }
}

it('shows the times of a job by the clock of the device', async () => {
  const { client, change, advance } = behind(3_600_000)
  await advance(1_000)
  const job = client.start(exportUsers, null)
  await advance(1_000)
  await change('export_users', { status: 'running' })
  expect(job.getSnapshot()).toMatchObject({ createdAt: 1_000, startedAt: 2_000, finishedAt: null })
  await advance(5_000)
  await change('export_users', { status: 'completed', output: 'done' })
  expect(job.getSnapshot()).toMatchObject({ createdAt: 1_000, startedAt: 2_000, finishedAt: 7_000 })
})

it('shows the times of steps by the clock of the device', async () => {
  const { client, change, advance } = behind(-3_600_000)
  const workflow = client.start(signUp, null)
  await advance(3_000)
  const times = { started_at: 1_000 - 3_600_000, finished_at: 3_000 - 3_600_000 }
  const create = { name: 'create', status: 'completed', error: null } as const
  const mail = { name: 'mail', status: 'pending', error: null } as const
  await change('sign_up', { status: 'running', steps: [{ ...create, ...times }, mail] })
  expect(workflow.getSnapshot().steps).toEqual([
    { ...create, startedAt: 1_000, finishedAt: 3_000 },
    { ...mail, startedAt: null, finishedAt: null },
  ])
})

it('shows how much is done', async () => {
  const { client, change, advance } = behind(0)
  const job = client.start(exportUsers, null)
  await advance(0)
  const counted = { progress: 12.5, done: 500, total: 4_000, unit: 'rows' }
  await change('export_users', { status: 'running', ...counted })
  expect(job.getSnapshot()).toMatchObject(counted)
  const before = job.getSnapshot()
  await change('export_users', { total: 8_000 })
  expect(job.getSnapshot()).not.toBe(before)
  expect(job.getSnapshot()).toMatchObject({ done: 500, total: 8_000 })
})

it('keeps the times over a reconnect, unless a clock was set', async () => {
  const { client, change, advance, clock, reconnect } = behind(3_600_000)
  const job = client.start(exportUsers, null)
  await advance(1_000)
  await change('export_users', { status: 'running' })
  const { createdAt, startedAt } = job.getSnapshot()
  expect([createdAt, startedAt]).toEqual([0, 1_000])
  clock.aheadMs += 200
  await reconnect()
  expect(job.getSnapshot()).toMatchObject({ createdAt, startedAt, sync: { status: 'live' } })
  clock.aheadMs += 60_000
  await reconnect()
  expect(job.getSnapshot()).toMatchObject({ createdAt: -60_200, startedAt: -59_200 })
})

it('behind a proxy, takes the time from the answers', async () => {
  const { client, gateway, advance } = behind(3_600_000)
  await advance(1_000)
  const { job_id } = gateway.createJob()
  gateway.intercept(({ path }) => (path === '/events' ? buffered() : undefined))
  const job = client.attach(exportUsers, job_id)
  job.subscribe(() => undefined)
  await advance(60_000)
  expect(job.getSnapshot()).toMatchObject({ createdAt: 1_000, sync: { reason: 'proxy' } })
})

it('takes the time from the answer to a cancel, for a job that no screen follows', async () => {
  const { client, gateway, advance } = behind(3_600_000)
  const { job_id } = gateway.createJob()
  const job = client.attach(exportUsers, job_id)
  await advance(2_000)
  await job.cancel()
  expect(job.getSnapshot()).toMatchObject({ createdAt: 0, finishedAt: 2_000 })
})

it('knows no times and totals on Forge', async () => {
  const { client, change, advance } = behind(3_600_000, [])
  const [job, workflow] = [client.start(exportUsers, null), client.start(signUp, null)]
  await advance(1_000)
  await change('export_users', { status: 'running' })
  await change('sign_up', { steps: [{ name: 'create', status: 'running', error: null }] })
  const times = { createdAt: null, startedAt: null, finishedAt: null }
  const none = { ...times, done: null, total: null, unit: null }
  expect(job.getSnapshot()).toMatchObject({ status: 'running', ...none })
  expect(workflow.getSnapshot()).toMatchObject({
    ...none,
    steps: [{ name: 'create', startedAt: null, finishedAt: null }],
  })
})

it.each(['text', null, {}])('ignores what is no time and no unit: %j', async (value) => {
  const { client, change, advance } = behind(0)
  const job = client.start(exportUsers, null)
  await advance(0)
  const odd = { started_at: value, done: value, unit: [value] }
  await change('export_users', { status: 'running', ...odd } as object)
  expect(job.getSnapshot()).toMatchObject({ startedAt: null, done: null, unit: null })
})

it('keeps the times that a push leaves out, and takes back what it has as `null`', () => {
  const begun = { job_id: '7', status: 'running', output: null, error: null, attempt: 1 } as const
  const answer = { ...begun, progress: 0, message: null, created_at: 1_000, started_at: 2_000 }
  const push = { ...begun, progress: 40, message: null }
  const fold = (events: JobEvent[]) =>
    events.reduce((fold, event) => reduceJob(fold, event), followJob('7')).view
  const answered: JobEvent = { type: 'answered', snapshot: { ...answer, revision: 1 }, at: 0 }
  const updated = (snapshot: Partial<JobSnapshot>): JobEvent => ({
    type: 'updated',
    snapshot: { ...push, ...snapshot },
  })
  expect(fold([answered, updated({ revision: 2 })])).toMatchObject({
    progress: 40,
    createdAt: 1_000,
    startedAt: 2_000,
  })
  const again = updated({ revision: 2, status: 'pending', started_at: null })
  expect(fold([answered, again])).toMatchObject({ createdAt: 1_000, startedAt: null })
  expect(fold([answered, again, updated({ revision: 3 })])).toMatchObject({ startedAt: null })
})
