import { describe, expect, it } from 'vitest'
import { createFakeClient } from '../src/testing/index.ts'
import { alive, createForge, follow, users } from './support/forge.ts'
import { jwt } from './support/jwt.ts'

describe('a token that ends on a Forge', () => {
  it('makes everything stale until the server has ended the stream, which it does a while later', async () => {
    let token = jwt({ sub: 'ann', exp: 60 })
    const fake = createForge({ token: () => token })
    const view = fake.client.watch(users, null)
    view.subscribe(() => undefined)
    await fake.settled()
    token = jwt({ sub: 'ann', exp: 600 })
    await alive(fake, 59_000)
    expect(view.getSnapshot().sync.status).toBe('live')
    await fake.advance(1_000)
    expect(view.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'token_expired' })
    fake.gateway.send({ type: 'error', target: 'session', code: 'SESSION_EXPIRED', message: '' })
    await fake.advance(1_000)
    expect(view.getSnapshot().sync.status).toBe('live')
    await alive(fake, 300_000)
    expect(view.getSnapshot().sync.status).toBe('live')
  })

  it.each([
    ['an hour ago', -3_600, 0],
    ['half a minute ago', -30, 90_000],
    ['in a minute', 60, 180_000],
  ])(
    'is believed no longer than the stream can last: by a fast clock it ended %s',
    async (_, exp, liveAfterMs) => {
      const fake = createForge({ token: () => jwt({ sub: 'ann', exp }) })
      const view = fake.client.watch(users, null)
      view.subscribe(() => undefined)
      await fake.settled()
      if (liveAfterMs > 0) {
        await alive(fake, liveAfterMs - 1_000)
        expect(view.getSnapshot()).toMatchObject({ stale: true, sync: { reason: 'token_expired' } })
      }
      await alive(fake, 2_000)
      expect(view.getSnapshot()).toMatchObject({ stale: false, sync: { status: 'live' } })
    },
  )

  it('is no matter on a server of ours, which takes in the next one', async () => {
    const fake = createFakeClient({}, { token: () => jwt({ sub: 'ann', exp: 60 }) })
    const { job } = follow(fake)
    for (let count = 0; count < 8; count += 1) {
      await fake.advance(10_000)
      fake.gateway.ping()
    }
    expect(job.getSnapshot().sync.status).toBe('live')
  })
})
