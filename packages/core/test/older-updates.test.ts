import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// kamp-us/phoenix#1903, yschimke/compose-ai-tools#4298, liveblocks/liveblocks#32: the last update
// within a frame counts as the newest, also with a lower number.

const exportUsers = defineJob<null, string>('export_users')

it('keeps the end if an older state comes after it within a frame', async () => {
  const { client, gateway, settled, advance } = createFakeClient({}, { everyUpdate: false })
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  const target = `job:${jobId}`
  const base = gateway.run(jobId)
  const send = (fields: object) =>
    gateway.send({ type: 'update', target, payload: { ...base, ...fields } })
  // This one is shown at once, and starts the frame.
  send({ status: 'running', progress: 10, revision: 2 })
  send({ status: 'completed', output: 'done', progress: 100, revision: 9 })
  send({ status: 'running', progress: 90, revision: 8 })
  await settled()
  await advance(1_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
})

it('keeps the end if a malformed state comes after it within a frame', async () => {
  const { client, gateway, settled, advance } = createFakeClient({}, { everyUpdate: false })
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  const target = `job:${jobId}`
  const base = gateway.run(jobId)
  const send = (payload: unknown) => gateway.send({ type: 'update', target, payload })
  send({ ...base, status: 'running', progress: 10, revision: 2 })
  send({ ...base, status: 'completed', output: 'done', progress: 100, revision: 9 })
  send(null)
  await settled()
  await advance(1_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
})
