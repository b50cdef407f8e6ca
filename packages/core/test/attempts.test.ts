import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient, success } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'

// cloudfoundry/noaa#37, edgexfoundry/device-rfid-llrp-go#43, firezone/firezone#2503,
// ClusterHQ/flocker#2044: a backoff that is not reset after hours of a working connection.

const exportUsers = defineJob<null, string>('export_users')

it('reconnects fast after a long stream, also if one registration failed on it', async () => {
  const { client, gateway, settled, advance } = createFakeClient(
    { capabilities: inBatches },
    { random: () => 0.999 },
  )
  const bad = gateway.createJob().job_id
  const good = gateway.createJob().job_id
  gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch') return undefined
    const items = body.items as { id: string }[]
    return success({
      data: items.map(({ id }) =>
        id === bad
          ? { id, success: false, error: { code: 'SUBSCRIPTION_FAILED', message: 'not now' } }
          : { id, success: true, data: gateway.run(id) },
      ),
    })
  })
  client.attach(exportUsers, bad).subscribe(() => undefined)
  const job = client.attach(exportUsers, good)
  job.subscribe(() => undefined)
  const delays: number[] = []
  for (let day = 0; day < 8; day += 1) {
    // Longer than any wait. The server pings.
    for (let at = 0; at < 4; at += 1) {
      await advance(6_000)
      gateway.ping()
    }
    await settled()
    expect(job.getSnapshot().sync.status).toBe('live')
    // The stream is live for an hour.
    for (let minute = 0; minute < 60; minute += 1) {
      gateway.ping()
      await advance(10_000)
    }
    gateway.drop()
    await settled()
    const state = client.connection.getSnapshot()
    if (state.status === 'waiting') delays.push(state.retryAt - Number(state.lostAt))
  }
  expect(delays.every((delay) => delay <= 2_000)).toBe(true)
  expect(delays.at(-1)).toBeLessThanOrEqual(2_000)
})
