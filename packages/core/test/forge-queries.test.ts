import { describe, expect, it } from 'vitest'
import { createFakeClient } from '../src/testing/index.ts'
import { alive, createForge, users } from './support/forge.ts'

describe('a quiet query of a Forge', () => {
  it('is read by calls: another registration would be answered what was told last, and stay', async () => {
    let names = ['Ada']
    const fake = createFakeClient(
      { capabilities: [], pingSecs: null, queries: { users: () => names } },
      { random: () => 0.5 },
    )
    const view = fake.client.watch(users, null)
    view.subscribe(() => undefined)
    await fake.settled()
    names = ['Grace']
    await fake.advance(6_000)
    expect(view.getSnapshot().data).toEqual(['Grace'])
    await alive(fake, 600_000)
    expect(fake.gateway.count('/subscribe')).toBe(1)
    expect(fake.gateway.count('/rpc/users')).toBeGreaterThan(3)
    fake.gateway.drop(new TypeError('network lost'))
    await fake.advance(1_000)
    expect(fake.gateway.count('/subscribe')).toBe(2)
  })

  it('is registered again when it was let go of meanwhile', async () => {
    const fake = createForge()
    const stop = fake.client.watch(users, null).subscribe(() => undefined)
    await fake.advance(6_000)
    stop()
    await fake.advance(2_000)
    expect(fake.gateway.registrations()).toEqual([])
    fake.client.watch(users, null).subscribe(() => undefined)
    await fake.settled()
    expect(fake.gateway.registrations()).toHaveLength(1)
  })
})
