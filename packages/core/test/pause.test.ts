import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// block/buzz#4737, onyx-dot-app/onyx#11962: hiding and showing a page cancels the wait that the
// server asked for.

const exportUsers = defineJob<null, string>('export_users')

it('does not open a stream after a sign-in while it is paused', async () => {
  let token = 'old'
  const { client, gateway, settled } = createFakeClient(
    { isAllowed: (bearer) => bearer === 'new' },
    { token: () => token },
  )
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await settled()
  expect(client.connection.getSnapshot()).toMatchObject({ reason: 'unauthorized' })
  client.pause('hidden')
  token = 'new'
  await client.tokenChanged()
  await settled()
  expect(gateway.openStreams()).toBe(0)
  client.resume('hidden')
  await settled()
  expect(gateway.openStreams()).toBe(1)
})

it('keeps the server’s Retry-After over pause() and resume()', async () => {
  const { client, gateway, settled, advance } = createFakeClient()
  gateway.intercept(({ path }) =>
    path === '/events'
      ? new Response('busy', { status: 503, headers: { 'retry-after': '60' } })
      : undefined,
  )
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await settled()
  for (let time = 0; time < 10; time += 1) {
    client.pause('hidden')
    await advance(100)
    client.resume('hidden')
    await advance(100)
  }
  expect(gateway.count('/events')).toBe(1)
})
