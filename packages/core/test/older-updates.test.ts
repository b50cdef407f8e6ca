import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// kamp-us/phoenix#1903, yschimke/compose-ai-tools#4298, liveblocks/liveblocks#32: what came last within a frame is taken for
// the newest, whatever its number says.

const exportUsers = defineJob<null, string>('export_users')

it('an older state that comes last within a frame does not replace the end', async () => {
  const { client, gateway, settled, advance } = createFakeClient({}, { everyUpdate: false })
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  job.subscribe(() => undefined)
  await settled()
  const target = `job:${jobId}`
  const base = gateway.run(jobId)
  const send = (fields: object) =>
    gateway.send({ type: 'update', target, payload: { ...base, ...fields } })
  // Shown at once; the frame begins.
  send({ status: 'running', progress: 10, revision: 2 })
  send({ status: 'completed', output: 'done', progress: 100, revision: 9 })
  send({ status: 'running', progress: 90, revision: 8 })
  await settled()
  await advance(1_000)
  expect(job.getSnapshot()).toMatchObject({ phase: 'succeeded', output: 'done' })
})

it('a malformed state that comes last within a frame does not replace the end', async () => {
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
