import { describe, expect, it } from 'vitest'
import { defineJob, defineMutation, defineQuery } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { jwt } from './support/jwt.ts'

/*
 * A Forge 0.10 counts a session on after its stream has gone, until something is pushed on it or five minutes have
 * passed, and lets one user have ten.
 */

const exportUsers = defineJob<null, string>('export_users')
const users = defineQuery<null, string[]>('users')

const createForge = (...[options]: Parameters<typeof createFakeClient>[1][]) =>
  createFakeClient(
    { capabilities: [], pingSecs: null, maxSessions: 10, queries: { users: () => ['Ada'] } },
    // Waits that are none would go on for ever without a network.
    { random: () => 0.5, ...options },
  )
type Forge = ReturnType<typeof createForge>

/** A job that is followed until the returned function is called. */
const follow = ({ client, gateway }: Pick<Forge, 'client' | 'gateway'>) => {
  const { job_id } = gateway.createJob()
  const job = client.attach(exportUsers, job_id)
  job.subscribe(() => undefined)
  return { job, jobId: job_id }
}
/** Time, with Forge's keep-alive. */
const alive = async ({ advance, gateway }: Pick<Forge, 'advance' | 'gateway'>, ms: number) => {
  for (let left = ms; left > 0; left -= 30_000) {
    await advance(Math.min(30_000, left))
    gateway.ping()
  }
}

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
    expect(fake.gateway.count('/events')).toBe(1)
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

it('a network that swallows everything keeps nobody from a server that is not known yet', async () => {
  const fake = createForge()
  fake.gateway.intercept(({ path }) =>
    path === '/events' ? new Promise(() => undefined) : undefined,
  )
  follow(fake)
  await fake.advance(299_000)
  expect(fake.client.connection.getSnapshot()).toMatchObject({ serverWaitMs: 0 })
})

describe('while nothing is followed on a Forge, its stream ends', () => {
  it.each<[when: string, status: string, act: (client: Forge['client']) => unknown]>([
    ['when the user signs out', 'idle', (client) => client.tokenChanged()],
    [
      'when a call says that it is another user',
      'idle',
      (client) => client.call(defineMutation('users')),
    ],
    [
      'after a pause',
      'idle',
      (client) => {
        client.pause()
        client.resume()
      },
    ],
    ['with the client', 'closed', (client) => client.close()],
  ])('%s', async (_, status, act) => {
    let user = 'ann'
    const fake = createForge({ token: () => jwt({ sub: user }) })
    const stop = fake.client.watch(users, null).subscribe(() => undefined)
    await fake.settled()
    stop()
    await alive(fake, 60_000)
    expect(fake.gateway.openStreams()).toBe(1)
    user = 'nobody'
    await act(fake.client)
    await fake.advance(60_000)
    expect(fake.gateway.openStreams()).toBe(0)
    expect(fake.client.connection.getSnapshot().status).toBe(status)
  })
})

it('a session of a server of ours ends with its stream, and half a minute after nothing is followed', async () => {
  const fake = createFakeClient()
  const { job } = follow(fake)
  await fake.settled()
  job.unsubscribe()
  await fake.advance(32_000)
  expect(fake.gateway.sessions()).toBe(0)
  expect(fake.client.connection.getSnapshot()).toEqual({ status: 'idle' })
})

it('a stream that a Forge ends while nothing is followed is not opened again before something is', async () => {
  const fake = createForge()
  const { job } = follow(fake)
  await fake.settled()
  job.unsubscribe()
  await alive(fake, 300_000)
  expect(fake.client.connection.getSnapshot().status).toBe('open')
  fake.gateway.sweepSessions()
  await fake.advance(60_000)
  expect(fake.client.connection.getSnapshot().status).toBe('idle')
  expect(fake.gateway.sessions()).toBe(0)
  follow(fake)
  await fake.advance(1_000)
  expect(fake.gateway.count('/events')).toBe(2)
  expect(fake.client.connection.getSnapshot().status).toBe('open')
})

it('one that it ends while a quiet job is followed comes back, and costs no session more', async () => {
  const fake = createForge()
  const { job } = follow(fake)
  await alive(fake, 330_000)
  fake.gateway.sweepSessions()
  await fake.advance(1_000)
  expect(job.getSnapshot().sync.status).toBe('live')
  expect(fake.gateway.sessions()).toBe(1)
})

it('one too many is named, waited for as long as the server says, and had when one is free', async () => {
  const fake = createForge()
  for (let tab = 0; tab < 9; tab += 1) {
    const other = fake.reload()
    follow(other)
    await other.settled()
    other.client.close()
  }
  const page = fake.reload()
  const { job } = follow(page)
  await page.settled()
  page.gateway.drop(new TypeError('network lost'))
  await page.advance(1_000)
  const lost = page.client.connection.getSnapshot()
  expect(lost).toMatchObject({ status: 'waiting', reason: 'too_many_sessions' })
  expect(lost).toMatchObject({ serverWaitMs: 5_000 })
  expect(job.getSnapshot().sync).toMatchObject({ status: 'stale', reason: 'too_many_sessions' })
  const asked = page.gateway.count('/events')
  await page.advance(4_000)
  expect(page.gateway.count('/events')).toBe(asked)
  page.gateway.sweepSessions()
  await page.advance(2_000)
  expect(job.getSnapshot().sync.status).toBe('live')
})

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
