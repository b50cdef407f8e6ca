import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// siteboon/claudecodeui#1174: a token that goes back and forth: 53,571 reconnects in 40 minutes.

const exportUsers = defineJob<null, string>('export_users')

it('an application whose cache does not learn of a forced refresh: one stream, not one per request', async () => {
  // Opaque tokens: nobody can read a `sub` in them.
  const { client, gateway, advance } = createFakeClient(
    { isAllowed: (bearer) => bearer === 'fresh' },
    { token: ({ force }) => (force ? 'fresh' : 'stale') },
  )
  // An end, so that this test has one.
  gateway.intercept(() =>
    gateway.requests.length > 300 ? new Promise(() => undefined) : undefined,
  )
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await advance(1_000)
  expect(gateway.count('/events')).toBeLessThan(6)
  expect(job.getSnapshot().sync.status).toBe('live')
})
