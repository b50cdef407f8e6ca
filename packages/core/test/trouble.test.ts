import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, type FakeGateway } from '../src/testing/index.ts'

// toeverything/AFFiNE#15576 (99,000 subscribes), matter-js/python-matter-server#426: the client
// subscribes again after each error, at once and without end.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

const create = () =>
  createFakeClient({ queries: { list_users: () => ['ann'] } }, { random: () => 0.5 })

/** Sends an `error` or `gap` event for all registered targets. */
const sendTrouble = (gateway: FakeGateway, type: 'error' | 'gap'): void => {
  for (const target of gateway.registrations())
    gateway.send(
      type === 'gap' ? { type, target } : { type, target, code: 'FAILED', message: 'no' },
    )
}

it.each(['error', 'gap'] as const)(
  'a query is read at growing intervals if %s follows each answer',
  async (type) => {
    const { client, gateway, settled, advance } = create()
    client.watch(listUsers, null).subscribe(() => undefined)
    await settled()
    let asked = 0
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-batch') return undefined
      asked += 1
      // The first run of the query succeeds, each later one fails. Without a limit, a failing test
      // would never end.
      if (asked < 200) void settled().then(() => sendTrouble(gateway, type))
      return undefined
    })
    sendTrouble(gateway, type)
    for (let turn = 0; turn < 100; turn += 1) await settled()
    await advance(1_000)
    // One second of the client's clock.
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(10)
  },
)

it.each(['error', 'gap'] as const)(
  'a job is read at growing intervals if %s overtakes each answer',
  async (type) => {
    const { client, gateway, settled, advance } = create()
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    let asked = 0
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-batch') return undefined
      asked += 1
      if (asked < 200) sendTrouble(gateway, type)
      return settled().then(() => undefined)
    })
    sendTrouble(gateway, type)
    // Without a move of the clock, then within two seconds.
    for (let turn = 0; turn < 100; turn += 1) await settled()
    expect(asked).toBeLessThan(8)
    await advance(2_000)
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(8)
  },
)
