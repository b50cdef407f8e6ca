import { afterEach, expect, it, vi } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { catchUncaught } from './support/uncaught.ts'

// get-convex/convex-js#119 and convex-backend#304, TanStack/query#155, vercel/swr#1234,
// matrix-org/matrix-js-sdk#1661, SocketCluster/socketcluster#329: React Native has a `window`
// without addEventListener.

const exportUsers = defineJob<null, string>('export_users')

afterEach(() => vi.unstubAllGlobals())

it('works with a `window` without addEventListener', async () => {
  const uncaught = catchUncaught()
  vi.stubGlobal('window', {})
  const { client, gateway, settled, advance } = createFakeClient()
  const jobId = gateway.createJob().job_id
  const job = client.attach(exportUsers, jobId)
  const leave = job.subscribe(() => undefined)
  await settled()
  expect(job.getSnapshot().sync.status).toBe('live')
  expect(await uncaught()).toEqual([])
  leave()
  await advance(60_000)
  expect(await uncaught()).toEqual([])
})
