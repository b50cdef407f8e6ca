import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// siteboon/claudecodeui#1174: a token that alternates between two values: 53,571 reconnects in 40
// minutes.

const exportUsers = defineJob<null, string>('export_users')

it('opens one stream, not one per request, if the cache of token() misses a forced refresh', async () => {
  // Opaque tokens, which have no readable subject.
  const { client, gateway, advance } = createFakeClient(
    { isAllowed: (bearer) => bearer === 'fresh' },
    { token: ({ force }) => (force ? 'fresh' : 'stale') },
  )
  // Without a limit, a failing test would never end.
  gateway.intercept(() =>
    gateway.requests.length > 300 ? new Promise(() => undefined) : undefined,
  )
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.subscribe(() => undefined)
  await advance(1_000)
  expect(gateway.count('/events')).toBeLessThan(6)
  expect(job.getSnapshot().sync.status).toBe('live')
})
