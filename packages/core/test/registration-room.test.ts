import { describe, expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { isRecord } from '../src/protocol/json.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { live } from './support/live.ts'

const exportUsers = defineJob<null, string>('export_users')

describe('a server that has no room for more registrations', () => {
  it('is asked again by batches, ever more rarely, and the views say why', async () => {
    const { client, gateway, advance } = createFakeClient(
      { capabilities: inBatches },
      { random: () => 0.5 },
    )
    const room = 50
    let asked = 0
    gateway.intercept(({ path, body }) => {
      if (path !== '/subscribe-batch') return undefined
      const items = Array.isArray(body.items) ? body.items.filter(isRecord) : []
      asked += Number(items.some(({ id }) => id === 'job-121'))
      const data = items.map(({ kind, id }) => {
        const at = Number(String(id).split('-')[1])
        if (at <= room) return { kind, id, success: true, data: gateway.run(String(id)) }
        const error = { code: 'TOO_MANY_SUBSCRIPTIONS', message: 'full' }
        return { kind, id, success: false, error }
      })
      return Response.json({ success: true, data })
    })
    const jobs = Array.from({ length: 130 }, () =>
      client.attach(exportUsers, gateway.createJob().job_id),
    )
    for (const job of jobs) job.subscribe(() => undefined)
    await advance(2_000)
    gateway.ping()
    expect(gateway.count('/subscribe-batch')).toBeLessThan(10)
    await advance(8_000)
    const first = asked
    gateway.ping()
    await advance(10_000)
    const second = asked - first
    expect(second).toBeGreaterThan(0)
    expect(second).toBeLessThan(first)
    expect(jobs[0]?.getSnapshot().sync.status).toBe('live')
    expect(jobs[120]?.getSnapshot().sync).toMatchObject({
      status: 'connecting',
      reason: 'TOO_MANY_SUBSCRIPTIONS',
    })
    gateway.intercept(() => undefined)
    await live({ advance, gateway }, 40_000)
    expect(jobs[120]?.getSnapshot().sync).toMatchObject({ status: 'live', reason: null })
  })
})
