import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { createFakeClient, type FakeGateway } from '../src/testing/index.ts'

// toeverything/AFFiNE#15576 (99,000 subscribes), matter-js/python-matter-server#426: subscribing again as the answer to
// trouble, at once and for ever.

const exportUsers = defineJob<null, string>('export_users')
const listUsers = defineQuery<null, string[]>('list_users')

const create = () =>
  createFakeClient({ queries: { list_users: () => ['ann'] } }, { random: () => 0.5 })

/** The server tells of trouble with all that is registered. */
const tell = (gateway: FakeGateway, type: 'error' | 'gap'): void => {
  for (const target of gateway.registrations())
    gateway.send(
      type === 'gap' ? { type, target } : { type, target, code: 'FAILED', message: 'no' },
    )
}

it.each(['error', 'gap'] as const)(
  'a query whose %s follows each answer is asked for ever more rarely',
  async (type) => {
    const { client, gateway, settled, advance } = create()
    client.watch(listUsers, null).subscribe(() => undefined)
    await settled()
    let asked = 0
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-batch') return undefined
      asked += 1
      // The first run of the query succeeds, the next, after any change, fails. An end, so that this test has one.
      if (asked < 200) void settled().then(() => tell(gateway, type))
      return undefined
    })
    tell(gateway, type)
    for (let turn = 0; turn < 100; turn += 1) await settled()
    await advance(1_000)
    // One second of the client's clock.
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(10)
  },
)

it.each(['error', 'gap'] as const)(
  'a job whose %s overtakes each answer is asked for ever more rarely',
  async (type) => {
    const { client, gateway, settled, advance } = create()
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    await settled()
    let asked = 0
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-batch') return undefined
      asked += 1
      if (asked < 200) tell(gateway, type)
      return settled().then(() => undefined)
    })
    tell(gateway, type)
    // While no time passes, then in two seconds.
    for (let turn = 0; turn < 100; turn += 1) await settled()
    expect(asked).toBeLessThan(8)
    await advance(2_000)
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(8)
  },
)
