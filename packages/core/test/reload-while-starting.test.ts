import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { createStorage } from './support/storage.ts'

// amir-zeldes/rstWeb#16, applypack/applypack#76: a reload while the first request is under way starts a second one.

const exportUsers = defineJob<null, string>('export_users')

it('a reload while the start is under way: what is persisted is the intent, and there is one job', async () => {
  const storage = createStorage()
  const before = createFakeClient({}, { storage })
  const { gateway, settled } = before
  let isLost = true
  gateway.intercept(async (request) => {
    if (!isLost || !request.path.startsWith('/rpc')) return undefined
    isLost = false
    // The server starts it; the page is gone before it hears of that.
    const { path, method, body, headers } = request
    await gateway.fetch(`http://fake/_api${path}`, { method, headers, body: JSON.stringify(body) })
    return new Promise(() => undefined)
  })
  before.client.start(exportUsers, null, { persist: 'export' })
  await settled()
  const first = gateway.last('export_users')
  const after = before.reload()
  // As useJob(exportUsers, { args: null, persist: 'export' }) does when the page is there again.
  const job = after.client.start(exportUsers, null, { persist: 'export', lazy: true })
  job.subscribe(() => undefined)
  await settled()
  await settled()
  expect(job.getSnapshot().jobId).toBe(first)
})
