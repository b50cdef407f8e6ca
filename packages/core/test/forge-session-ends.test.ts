import { describe, expect, it } from 'vitest'
import { defineMutation } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { alive, createForge, type Forge, follow, users } from './support/forge.ts'
import { jwt } from './support/jwt.ts'

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
  const before = fake.gateway.count('/events')
  follow(fake)
  await fake.advance(1_000)
  expect(fake.gateway.count('/events')).toBe(before + 1)
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
