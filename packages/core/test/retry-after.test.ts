import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, failure } from '../src/testing/index.ts'

// mastra-ai/mastra#23778 (read as a year), canalplus/rx-player#1864 (clocks that are wrong),
// teng-lin/notebooklm-py#1275.

const exportUsers = defineJob<null, string>('export_users')

/** The wait of the client after a 503 with these headers. */
async function waitFor(headers: Record<string, string>): Promise<number> {
  const { client, gateway, settled, advance } = createFakeClient()
  client.attach(exportUsers, gateway.createJob().job_id)
  await advance(1_000)
  gateway.intercept(({ path }) =>
    path === '/events' ? new Response('busy', { status: 503, headers }) : undefined,
  )
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await settled()
  const state = client.connection.getSnapshot()
  return state.status === 'waiting' ? state.retryAt - 1_000 : Number.NaN
}

it.each([
  ['a fraction of a second', { 'retry-after': '7.5' }, 7_500],
  // From a server and its load balancer: fetch joins both headers.
  ['the header twice', { 'retry-after': '7, 7' }, 7_000],
  [
    'a date, which is compared with the Date of the answer and not with the clock of the device',
    { date: new Date(1e12).toUTCString(), 'retry-after': new Date(1e12 + 7_000).toUTCString() },
    7_000,
  ],
])('Retry-After: %s', async (_, headers, expected) => {
  expect(await waitFor(headers)).toBe(expected)
})

it('obeys the Retry-After of the stream after all watchers have left and come back', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  gateway.intercept(({ path }) =>
    path === '/events'
      ? failure(503, 'SERVICE_UNAVAILABLE', 'later', { 'retry-after': '600' })
      : undefined,
  )
  const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
  for (let visit = 0; visit < 5; visit += 1) {
    const leave = job.subscribe(() => undefined)
    await advance(1_000)
    leave()
    await advance(40_000)
  }
  expect(gateway.count('/events')).toBe(1)
})
