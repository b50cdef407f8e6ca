import { describe, expect, it } from 'vitest'
import { defineJob, defineMutation } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { live } from './support/live.ts'
import { outcomeOf } from './support/outcome.ts'
import { createTimedClient } from './support/timers.ts'

const exportUsers = defineJob<null, string>('export_users')

describe('a token() that hangs', () => {
  const hanging = (hangs: (force: boolean) => boolean, isAllowed = (_: string | null) => true) => {
    let token = 'old'
    const fake = createTimedClient(
      { isAllowed },
      {
        token: ({ force }) => (hangs(force) ? new Promise<string>(() => undefined) : token),
      },
    )
    const use = (next: string): void => {
      token = next
    }
    return { ...fake, use }
  }

  it('is the reason of the connection’s wait and of the error of a call', async () => {
    const { client, gateway, advance } = hanging(() => true)
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    const called = client.call(defineMutation('anything')).catch((error: unknown) => error)
    const reasons = new Set<string>()
    client.connection.subscribe(() => {
      const state = client.connection.getSnapshot()
      if (state.status === 'waiting') reasons.add(state.reason)
    })
    for (let attempt = 0; attempt < 4; attempt += 1) await advance(10_100)
    expect([...reasons]).toEqual(['token'])
    expect(job.getSnapshot().sync.reason).toBe('token')
    expect(await called).toMatchObject({ code: 'TOKEN' })
    expect(gateway.requests).toEqual([])
  })

  it('fails a forced refresh after the time limit of a call, and is called again by the next request', async () => {
    let isHanging = true
    const fake = hanging(
      (force) => force && isHanging,
      (bearer) => bearer === 'new',
    )
    const first = fake.client.call(defineMutation('first')).catch((error: unknown) => error)
    await fake.advance(1_000)
    const second = fake.client.call(defineMutation('second')).catch((error: unknown) => error)
    await fake.advance(30_000)
    expect(await first).toMatchObject({ code: 'TOKEN' })
    expect(await second).toMatchObject({ code: 'TOKEN' })
    isHanging = false
    fake.use('new')
    await fake.client.call(defineMutation('third'))
  })

  it('during a forced refresh is replaced by the answer of tokenChanged(), for all waiting requests', async () => {
    const fake = hanging(
      (force) => force,
      (bearer) => bearer === 'new',
    )
    const waiting = [
      fake.client.call(defineMutation('first')),
      fake.client.call(defineMutation('second')),
    ]
    await fake.settled()
    fake.use('new')
    await fake.client.tokenChanged()
    await Promise.all(waiting)
    await fake.client.call(defineMutation('third'))
  })

  it('during a forced refresh does not block the stream, also if calls have no time limit', async () => {
    let isRenewed = false
    const fake = createFakeClient(
      { isAllowed: (bearer) => bearer !== 'old' },
      {
        callTimeoutMs: Number.POSITIVE_INFINITY,
        random: () => 0.5,
        token: ({ force }) => {
          if (!force || isRenewed) return isRenewed ? 'new' : 'old'
          isRenewed = true
          return new Promise<string>(() => undefined)
        },
      },
    )
    const { job_id } = fake.gateway.createJob({ status: 'running' })
    fake.client.attach(exportUsers, job_id).subscribe(() => undefined)
    await live(fake, 3_600_000)
    expect(fake.client.connection.getSnapshot().status).toBe('open')
  })

  it('does not block tokenChanged() longer than the time limit', async () => {
    const { client, advance } = hanging(() => true)
    const changed = client.tokenChanged()
    expect(await outcomeOf(changed)).toBe('pending')
    await advance(120_000)
    expect(await outcomeOf(changed)).not.toBe('pending')
  })
})

it('leaves no timer after a forced refresh', async () => {
  let answer: (token: string) => void = () => undefined
  const { client, settled, timers } = createTimedClient(
    { isAllowed: (bearer) => bearer === 'new' },
    {
      token: ({ force }) =>
        force
          ? new Promise<string>((resolve) => {
              answer = resolve
            })
          : 'old',
    },
  )
  const called = client.call(defineMutation('anything'))
  await settled()
  expect(timers()).toBeGreaterThan(0)
  answer('new')
  await called
  expect(timers()).toBe(0)
})
