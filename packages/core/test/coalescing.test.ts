import fc from 'fast-check'
import { afterEach, expect, it, vi } from 'vitest'
import { defineJob, defineWorkflow } from '../src/index.ts'
import type { JobSnapshot, StepSnapshot } from '../src/protocol/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')

afterEach(() => vi.unstubAllGlobals())

const follow = async (everyUpdate: boolean, capabilities?: []) => {
  const fake = createFakeClient({ ...(capabilities && { capabilities }) }, { everyUpdate })
  const { job_id } = fake.gateway.createJob()
  const job = fake.client.attach(exportUsers, job_id)
  const seen: (number | null)[] = []
  job.subscribe(() => seen.push(job.getSnapshot().progress))
  await fake.settled()
  seen.length = 0
  const progress = (...values: number[]): void => {
    for (const value of values) fake.gateway.update(job_id, { status: 'running', progress: value })
  }
  return { ...fake, job, jobId: job_id, seen, progress }
}

it('shows the first update at once, then the newest one every 16 ms', async () => {
  const { advance, seen, progress } = await follow(false)
  progress(1, 2, 3)
  await advance(0)
  expect(seen).toEqual([1])
  await advance(16)
  expect(seen).toEqual([1, 3])
  progress(4, 5)
  await advance(15)
  expect(seen).toEqual([1, 3])
  await advance(1)
  expect(seen).toEqual([1, 3, 5])
  await advance(1_000)
  progress(6)
  await advance(0)
  expect(seen).toEqual([1, 3, 5, 6])
})

it('does not parse an update that was replaced before it was shown', async () => {
  const { advance, progress } = await follow(false)
  const parse = vi.spyOn(JSON, 'parse')
  progress(1, 2, 3, 4, 5)
  await advance(16)
  const updates = parse.mock.calls.filter(([text]) => String(text).includes('"status":"running"'))
  expect(updates).toHaveLength(2)
  parse.mockRestore()
})

it('shows every update with `everyUpdate`', async () => {
  const { settled, seen, progress } = await follow(true)
  progress(1, 2, 3)
  await settled()
  expect(seen).toEqual([1, 2, 3])
})

it('parses every state of a server without revisions, so that no end is skipped', async () => {
  const { gateway, advance, job, jobId, progress } = await follow(false, [])
  progress(1, 2)
  gateway.update(jobId, { status: 'completed', output: 'done' })
  gateway.update(jobId, { status: 'running', output: null })
  await advance(16)
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
})

it('shows the end of a workflow at once on a hidden page, also if one of its steps still runs', async () => {
  vi.stubGlobal('document', { hidden: true })
  const fake = createFakeClient({ workflows: ['verify'] }, { everyUpdate: false })
  const { workflow_id } = fake.gateway.createWorkflow({ status: 'running' })
  const workflow = fake.client.attach(defineWorkflow<null, string>('verify'), workflow_id)
  workflow.subscribe(() => undefined)
  await fake.settled()
  const steps: StepSnapshot[] = [{ name: 'send', status: 'running', error: null }]
  fake.gateway.update(workflow_id, { step: 'send', steps })
  await fake.settled()
  fake.gateway.update(workflow_id, { status: 'failed', error: 'no such address', steps })
  await fake.settled()
  expect(workflow.getSnapshot().phase).toBe('failed')
})

it('ends on the last state, after any pauses between the updates', async () => {
  const steps = fc.array(
    fc.record({
      progress: fc.nat(100),
      status: fc.constantFrom('running', 'retry', 'cancel_requested'),
      waitMs: fc.constantFrom(0, 0, 0, 5, 16, 40),
    }),
    { minLength: 1 },
  )
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const { gateway, advance, client, job, jobId } = await follow(false)
      for (const { waitMs, ...fields } of history) {
        gateway.update(jobId, fields as Partial<JobSnapshot>)
        await advance(waitMs)
      }
      await advance(16)
      const { progress, status, revision } = gateway.run(jobId) as JobSnapshot
      expect(job.getSnapshot()).toMatchObject({ progress, status })
      gateway.update(jobId, { status: 'completed', output: 'done' })
      await advance(16)
      expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', revision: (revision ?? 0) + 1 })
      client.close()
    }),
    { numRuns: 50 },
  )
})
