import { expect, it } from 'vitest'
import { defineQuery } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

// toeverything/AFFiNE#15576 (99,000 subscribes), matter-js/python-matter-server#426: subscribing again as the answer to
// trouble, at once and for ever.

const listUsers = defineQuery<null, string[]>('list_users')

it.each(['error', 'gap'] as const)(
  'a target that answers each registration and then says %s is asked again ever more rarely',
  async (type) => {
    const { client, gateway, settled, advance } = createFakeClient(
      { queries: { list_users: () => ['ann'] } },
      { random: () => 0.5 },
    )
    client.watch(listUsers, null).subscribe(() => undefined)
    await settled()
    const target = gateway.registrations()[0] ?? ''
    const say = () =>
      gateway.send(
        type === 'gap' ? { type, target } : { type, target, code: 'QUERY_FAILED', message: 'no' },
      )
    let count = 0
    gateway.intercept(({ path }) => {
      if (path !== '/subscribe-batch') return undefined
      count += 1
      // The first run of the query succeeds, the next, after any change, fails. An end, so that this test has one.
      if (count < 200) setTimeout(say, 0)
      return undefined
    })
    say()
    for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1))
    await advance(1_000)
    // One second of the client's clock.
    expect(count).toBeLessThan(10)
  },
)
