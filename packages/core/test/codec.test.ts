import { describe, expect, it, vi } from 'vitest'
import {
  type Codec,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  ProtocolError,
  withCodec,
} from '../src/index.ts'
import { createOptimistic } from '../src/optimistic/index.ts'
import { createFakeClient } from '../src/testing/index.ts'

interface User {
  userId: string
}
interface UserWire {
  user_id: string
}

const codec = {
  toWire: vi.fn(({ userId }: User): UserWire => ({ user_id: userId })),
  fromWire: vi.fn(({ user_id }: UserWire): User => ({ userId: user_id })),
}
const exportUser = withCodec(defineJob<User, User>('export_user'), codec)
const verifyUser = withCodec(defineWorkflow<User, User>('verify_user'), codec)
const getUser = withCodec(defineQuery<User, User>('get_user'), codec)
const renameUser = withCodec(defineMutation<User, User>('rename_user'), codec)

const create = () => {
  codec.toWire.mockClear()
  codec.fromWire.mockClear()
  return createFakeClient({
    workflows: ['verify_user'],
    queries: { get_user: (args) => args, rename_user: (args) => args },
  })
}

describe('a run', () => {
  it.each(['job', 'workflow'] as const)(
    'of a %s sends encoded arguments, and has a decoded output in its view, result and callbacks',
    async (kind) => {
      const fake = create()
      const onDone = vi.fn()
      const args = { userId: 'u1' }
      const [what, run] =
        kind === 'job'
          ? [exportUser, fake.client.start(exportUser, args, { onDone })]
          : [verifyUser, fake.client.start(verifyUser, args, { onDone })]
      const { result } = run
      await fake.settled()
      await fake.last(what.name).running().complete({ user_id: 'u1' })
      expect(fake.gateway.requests[0]?.body).toEqual({ args: { user_id: 'u1' } })
      expect(run.getSnapshot().output).toEqual({ userId: 'u1' })
      expect(await result).toBe(run.getSnapshot().output)
      expect(onDone.mock.calls).toEqual([[run.getSnapshot().output, run.getSnapshot()]])
      expect(codec.toWire).toHaveBeenCalledTimes(1)
      expect(codec.fromWire).toHaveBeenCalledTimes(1)
    },
  )

  it('decodes the output only for handles whose definition has the codec', async () => {
    const fake = create()
    const { job_id } = fake.gateway.createJob({ status: 'completed', output: { user_id: 'u1' } })
    const decoded = fake.client.attach(exportUser, job_id)
    const raw = fake.client.attach(defineJob<User, UserWire>('export_user'), job_id)
    const stops = [decoded, raw].map((run) => run.subscribe(() => undefined))
    await fake.settled()
    expect(decoded.getSnapshot().output).toEqual({ userId: 'u1' })
    expect(raw.getSnapshot().output).toEqual({ user_id: 'u1' })
    for (const stop of stops) stop()
  })

  it('keeps its decoded output when it is watched again', async () => {
    const fake = create()
    const { job_id } = fake.gateway.createJob({ status: 'completed', output: { user_id: 'u1' } })
    const job = fake.client.attach(exportUser, job_id)
    for (let times = 0; times < 2; times += 1) {
      const stop = job.subscribe(() => undefined)
      await fake.settled()
      expect(job.getSnapshot().output).toEqual({ userId: 'u1' })
      stop()
      await fake.advance(10_000)
    }
  })
})

describe('a query', () => {
  it('shares one registration if the encoded arguments are equal', async () => {
    const fake = create()
    const raw = defineQuery<UserWire, UserWire>('get_user')
    const queries = [
      fake.client.watch(getUser, { userId: 'u1' }),
      fake.client.watch(raw, { user_id: 'u1' }),
    ]
    const stops = queries.map((query) => query.subscribe(() => undefined))
    await fake.settled()
    expect(fake.gateway.registrations()).toHaveLength(1)
    expect(queries.map((query) => query.getSnapshot().data)).toEqual([
      { userId: 'u1' },
      { user_id: 'u1' },
    ])
    for (const stop of stops) stop()
  })

  it('keeps its view while nothing changes, and its data while only the connection changes', async () => {
    const fake = create()
    const query = fake.client.watch(getUser, { userId: 'u1' })
    const seen = vi.fn()
    query.subscribe(seen)
    await fake.settled()
    const before = query.getSnapshot()
    const times = seen.mock.calls.length
    fake.gateway.changed('get_user')
    await fake.settled()
    expect(query.getSnapshot()).toBe(before)
    expect(seen).toHaveBeenCalledTimes(times)
    fake.gateway.goOffline()
    await fake.settled()
    expect(query.getSnapshot()).toMatchObject({ stale: true })
    expect(query.getSnapshot().data).toBe(before.data)
    expect(codec.fromWire).toHaveBeenCalledTimes(1)
  })

  it('passes decoded data to an optimistic change', async () => {
    const fake = create()
    const query = fake.client.watch(getUser, { userId: 'u1' })
    const shown = createOptimistic(query, (_user, userId: string) => ({ userId }))
    const stop = shown.subscribe(() => undefined)
    await fake.settled()
    const calling = shown.mutate('u2', () => fake.client.call(renameUser, { userId: 'u2' }))
    expect(shown.getSnapshot()).toMatchObject({ data: { userId: 'u2' }, pending: 1 })
    expect(await calling).toEqual({ userId: 'u2' })
    stop()
  })
})

it('a call sends encoded arguments and resolves with the decoded output', async () => {
  const fake = create()
  expect(await fake.client.call(renameUser, { userId: 'u1' })).toEqual({ userId: 'u1' })
  expect(fake.gateway.requests[0]?.body).toEqual({ args: { user_id: 'u1' } })
})

it('does not pass null to the codec', async () => {
  const fake = create()
  const nullable: Codec<User | null, User | null> = codec
  const rename = withCodec(defineMutation<User | null, User | null>('rename_user'), nullable)
  expect(await fake.client.call(rename, null)).toBe(null)
  expect(codec.toWire).not.toHaveBeenCalled()
  expect(codec.fromWire).not.toHaveBeenCalled()
})

describe('an output that the codec cannot read', () => {
  const broken = {
    fromWire: (): never => {
      throw new TypeError('no user')
    },
  }
  const message = "The codec of broken cannot read the server's answer: TypeError: no user"

  it('gives an error in the view of its run, which has succeeded', async () => {
    const fake = create()
    const onFail = vi.fn()
    const job = fake.client.start(withCodec(defineJob<null, User>('broken'), broken), null, {
      onFail,
    })
    await fake.settled()
    await fake.last('broken').complete('?')
    await expect(job.result).rejects.toThrow(new ProtocolError(message))
    expect(job.getSnapshot()).toMatchObject({ status: 'completed', output: null, error: message })
    expect(onFail).toHaveBeenCalledTimes(1)
  })

  it('gives an error in the view of its query, and its call rejects', async () => {
    const fake = createFakeClient({ queries: { broken: () => '?' } })
    const query = withCodec(defineQuery<null, User>('broken'), broken)
    const watched = fake.client.watch(query, null)
    watched.subscribe(() => undefined)
    await fake.settled()
    expect(watched.getSnapshot()).toMatchObject({ loading: false, data: null })
    expect(watched.getSnapshot().error).toEqual(new ProtocolError(message))
    await expect(fake.client.call(query, null)).rejects.toThrow(ProtocolError)
  })
})

it.each<[wire: unknown]>([[{ user: null }], ['none'], [[]]])(
  'sends %j for null arguments if it is nullOnWire',
  async (wire) => {
    const fake = create()
    const rename = withCodec(defineMutation<User | null, unknown>('rename_user'), {
      toWire: (user) => ({ user }),
      nullOnWire: wire,
    })
    expect(await fake.client.call(rename, null)).toEqual(wire)
    expect(await fake.client.call(rename, { userId: 'u1' })).toEqual({ user: { userId: 'u1' } })
  },
)
