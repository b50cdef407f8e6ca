import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// ace-technologies-inc/i3X-Explorer#3, MetaMask/metamask-extension#41917: closing cancels the clean-up that was due.

const exportUsers = defineJob<null, string>('export_users')

it('let go of just before close(): it is not followed for ever when the client connects again', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  const leave = client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await settled()
  leave()
  client.close()
  await settled()
  client.reconnectNow()
  await advance(60_000)
  expect(gateway.registrations()).toEqual([`job:${job.getSnapshot().jobId}`])
})

it('who waited with ready() before close(): likewise', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  await Promise.all([client.attach(exportUsers, gateway.createJob().job_id).ready(), settled()])
  client.close()
  client.reconnectNow()
  await advance(120_000)
  expect(gateway.registrations()).toEqual([])
})
