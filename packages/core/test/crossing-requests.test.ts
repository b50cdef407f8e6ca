import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { isRecord } from '../src/protocol/json.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { live } from './support/live.ts'
import { createTimedClient } from './support/timers.ts'

const exportUsers = defineJob<null, string>('export_users')

it.each([5, 6, 7, 8, 9, 10])(
  'sends nothing after close() at the moment when a start has failed (%d microtasks)',
  async (turns) => {
    const { client, gateway, settled, advance, timers } = createTimedClient()
    gateway.goOffline()
    client.start(exportUsers, null).result.catch(() => undefined)
    for (let turn = 0; turn < turns; turn += 1) await undefined
    client.close()
    await settled()
    expect(timers()).toBe(0)
    const asked = gateway.requests.length
    await advance(600_000)
    expect(gateway.requests).toHaveLength(asked)
  },
)

it('registers and unregisters a job during cancel(), retry() and a pending result', async () => {
  const page = createTimedClient()
  const { client, gateway } = page
  client
    .attach(exportUsers, gateway.createJob({ job_id: 'kept' }).job_id)
    .subscribe(() => undefined)
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  job.result.catch(() => undefined)
  job.cancel().catch(() => undefined)
  job.retry().catch(() => undefined)
  await live(page, 60_000)
  expect(gateway.registrations()).toEqual(['job:kept'])
  job.subscribe(() => undefined)
  await live(page, 10_000)
  expect(job.getSnapshot().sync.status).toBe('live')
  job.unsubscribe()
  await live(page, 120_000)
  expect(gateway.registrations()).toEqual(['job:kept'])
})

it('sends batches, not single registrations, to a server that stays full', async () => {
  const fake = createFakeClient({ capabilities: inBatches }, { random: () => 0.5 })
  const { client, gateway } = fake
  gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch' || !Array.isArray(body.items)) return undefined
    const error = { code: 'TOO_MANY_SUBSCRIPTIONS', message: 'full' }
    const data = body.items
      .filter(isRecord)
      .map(({ kind, id }) => ({ kind, id, success: false, error }))
    return Response.json({ success: true, data })
  })
  for (let row = 0; row < 80; row += 1)
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await live(fake, 300_000)
  const before = gateway.count('/subscribe-batch')
  await live(fake, 60_000)
  expect(gateway.count('/subscribe-batch') - before).toBeLessThan(10)
})

it('follows a job after resume() if a listener paused the client during ready()', async () => {
  const page = createTimedClient()
  const { client, gateway, advance } = page
  const job = client.attach(exportUsers, gateway.createJob().job_id)
  let isFirst = true
  job.subscribe(() => {
    if (isFirst) client.pause('listener')
    isFirst = false
  })
  void job.ready()
  await advance(31_000)
  client.resume('listener')
  await live(page, 60_000)
  expect(job.getSnapshot().sync.status).toBe('live')
})
