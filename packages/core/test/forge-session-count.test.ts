import { describe, expect, it } from 'vitest'
import { defineMutation } from '../src/index.ts'
import { alive, createForge, type Forge, follow, users } from './support/forge.ts'
import { jwt } from './support/jwt.ts'

/*
 * A Forge 0.10 counts a session on after its stream has gone, until something is pushed on it or
 * five minutes have
 * passed, and lets one user have ten.
 */

describe('how many sessions a client spends on', () => {
  it.each<[what: string, sessions: number, act: (fake: Forge) => Promise<void>]>([
    ['being opened', 1, async (fake) => void follow(fake)],
    [
      'an hour',
      1,
      async (fake) => {
        follow(fake)
        await alive(fake, 3_600_000)
      },
    ],
    [
      'a component that is mounted twice',
      1,
      async (fake) => {
        const { job } = follow(fake)
        job.unsubscribe()
        follow(fake)
      },
    ],
    [
      'ten jobs, one every two minutes',
      1,
      async (fake) => {
        for (let count = 0; count < 10; count += 1) {
          const { jobId } = follow(fake)
          await fake.settled()
          fake.gateway.update(jobId, { status: 'completed' })
          await alive(fake, 120_000)
        }
      },
    ],
    [
      'ten pages that watch a query, one every two minutes',
      1,
      async (fake) => {
        for (let count = 0; count < 10; count += 1) {
          const stop = fake.client.watch(users, null).subscribe(() => undefined)
          await fake.settled()
          stop()
          await alive(fake, 120_000)
        }
      },
    ],
    [
      'a reload',
      2,
      async (fake) => {
        follow(fake)
        await fake.settled()
        const again = fake.reload()
        follow(again)
        await again.settled()
      },
    ],
    [
      'a drop',
      2,
      async (fake) => {
        follow(fake)
        await fake.settled()
        fake.gateway.drop(new TypeError('network lost'))
        await fake.advance(1_000)
      },
    ],
    [
      'a drop, once the job has gone on',
      1,
      async (fake) => {
        const { jobId } = follow(fake)
        await fake.settled()
        fake.gateway.drop(new TypeError('network lost'))
        await fake.advance(1_000)
        fake.gateway.update(jobId, { status: 'running', progress: 40 })
      },
    ],
    [
      'a silence',
      2,
      async (fake) => {
        follow(fake)
        await fake.advance(80_000)
      },
    ],
    [
      'no network',
      1,
      async (fake) => {
        follow(fake)
        await fake.settled()
        fake.gateway.goOffline()
        await fake.advance(600_000)
      },
    ],
    [
      'a network that fails every two seconds, in five minutes',
      9,
      async (fake) => {
        follow(fake)
        await fake.settled()
        for (let at = 0; at < 294_000; at += 2_000) {
          fake.gateway.drop(new TypeError('network lost'))
          await fake.advance(2_000)
        }
      },
    ],
    [
      'a pause',
      2,
      async (fake) => {
        follow(fake)
        await fake.settled()
        fake.client.pause()
        fake.client.resume()
        await fake.advance(1_000)
      },
    ],
  ])('%s: %i', async (_, sessions, act) => {
    const fake = createForge()
    await act(fake)
    await fake.settled()
    expect(fake.gateway.sessions()).toBe(sessions)
    expect(fake.gateway.openStreams()).toBeLessThanOrEqual(1)
  })

  it('a token that is renewed: 1', async () => {
    let token = jwt({ sub: 'ann', jti: 1 })
    const fake = createForge({ token: () => token })
    follow(fake)
    await fake.settled()
    token = jwt({ sub: 'ann', jti: 2 })
    await fake.client.call(defineMutation('users'))
    await fake.advance(1_000)
    expect(fake.gateway.sessions()).toBe(1)
    // A POST, which a Forge does not know, and one stream.
    expect(fake.gateway.count('/events')).toBe(2)
  })

  it('a proxy that keeps the bytes back, in five minutes: 9', async () => {
    const fake = createForge()
    let opened = 0
    fake.gateway.intercept(({ path }) => {
      if (path !== '/events') return undefined
      opened += 1
      return new Response(new ReadableStream(), {
        headers: { 'content-type': 'text/event-stream' },
      })
    })
    follow(fake)
    await fake.advance(299_000)
    expect(opened).toBeLessThanOrEqual(9)
    expect(fake.client.connection.getSnapshot()).toMatchObject({ reason: 'proxy' })
  })
})
