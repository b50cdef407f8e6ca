import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { createStorage } from './support/storage.ts'

// amir-zeldes/rstWeb#16, applypack/applypack#76: a reload during the first request starts a second
// run.

const exportUsers = defineJob<null, string>('export_users')

it('starts one job if the page is reloaded during the start, since the key is persisted', async () => {
  const storage = createStorage()
  const before = createFakeClient({}, { storage })
  const { gateway, settled } = before
  let isLost = true
  gateway.intercept(async (request) => {
    if (!isLost || !request.path.startsWith('/rpc')) return undefined
    isLost = false
    // The server starts it, but the page is gone before the answer comes.
    const { path, method, body, headers } = request
    await gateway.fetch(`http://fake/_api${path}`, { method, headers, body: JSON.stringify(body) })
    return new Promise(() => undefined)
  })
  before.client.start(exportUsers, null, { persist: 'export' })
  await settled()
  const first = gateway.last('export_users')
  const after = before.reload()
  // As useJob(exportUsers, { args: null, persist: 'export' }) does after the reload.
  const job = after.client.start(exportUsers, null, { persist: 'export', lazy: true })
  job.subscribe(() => undefined)
  await settled()
  await settled()
  expect(job.getSnapshot().jobId).toBe(first)
})
