import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import {
  createFakeClient,
  type FakeGatewayOptions,
  type FakeRequest,
  failure,
} from '../src/testing/index.ts'
import { jwt } from './support/jwt.ts'
import { live } from './support/live.ts'

/* An item that is carried by the request for a stream keeps no other from being live. */

const exportUsers = defineJob<null, string>('export_users')
const search = defineQuery<unknown, string>('search')

const create = (options: FakeGatewayOptions = {}) =>
  createFakeClient({ queries: { search: () => 'found' }, ...options }, { random: () => 0.5 })

/** Refuses each request with such an item in its body, as a server or something on the way. */
const refuseBodies =
  (isBad: (text: string) => boolean, answer: () => Response | Promise<Response>) =>
  ({ method, body }: FakeRequest): Response | Promise<Response> | undefined =>
    method === 'POST' && isBad(JSON.stringify(body)) ? answer() : undefined

const refuse = (status: number) => () => failure(status, 'REFUSED', 'not like this')

describe.each<[string, FakeGatewayOptions]>([
  ['a server that takes items in the stream', {}],
  ['a Forge', { capabilities: [], pingSecs: null }],
])('one bad item, at %s', (_, options) => {
  it.each<[string, () => Response | Promise<Response>]>([
    ['400', refuse(400)],
    ['403', refuse(403)],
    ['413 without an envelope', () => new Response('too large', { status: 413 })],
    ['500', refuse(500)],
    ['502', () => new Response('bad gateway', { status: 502 })],
    [
      'a reset',
      () => {
        throw new TypeError('connection reset')
      },
    ],
    ['no answer', () => new Promise<Response>(() => undefined)],
  ])(
    'for which a request gets %s: the others are live, and stay live after a drop',
    async (__, answer) => {
      const fake = create(options)
      const { client, gateway } = fake
      gateway.intercept(refuseBodies((text) => text.includes('poison'), answer))
      const { job_id } = gateway.createJob({ status: 'running' })
      const job = client.attach(exportUsers, job_id)
      for (const store of [job, client.watch(search, 'poison'), client.watch(search, 'fine')])
        store.subscribe(() => undefined)
      await live(fake, 200_000)
      expect(job.getSnapshot().sync.status).toBe('live')
      gateway.drop(new TypeError('network lost'))
      gateway.updateSilently(job_id, { progress: 40 })
      await live(fake, 200_000)
      expect(job.getSnapshot()).toMatchObject({ progress: 40, sync: { status: 'live' } })
    },
  )
})

it('a property: whichever items something on the way dislikes, all others are live', async () => {
  const statuses = fc.constantFrom(400, 403, 404, 413, 422, 431)
  const bad = fc.uniqueArray(fc.nat(149), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 150 }), bad, statuses, async (n, ill, status) => {
      const { client, gateway, advance } = create()
      const isIll = (text: string) => ill.some((at) => text.includes(`"mark-${at}-"`))
      gateway.intercept(refuseBodies(isIll, refuse(status)))
      const queries = Array.from({ length: n }, (_, at) => client.watch(search, `mark-${at}-`))
      for (const query of queries) query.subscribe(() => undefined)
      await advance(1_000)
      queries.forEach((query, at) => {
        expect(query.getSnapshot().sync.status).toBe(ill.includes(at) ? 'refused' : 'live')
      })
      client.close()
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 30) },
  )
})

it('one that was refused is not carried again', async () => {
  const { client, gateway, advance } = create()
  gateway.intercept(refuseBodies((text) => text.includes('poison'), refuse(403)))
  const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
  for (const store of [job, client.watch(search, 'poison')]) store.subscribe(() => undefined)
  await advance(1_000)
  const before = gateway.count('/events')
  gateway.drop()
  await advance(1_000)
  expect(job.getSnapshot().sync.status).toBe('live')
  expect(gateway.count('/events')).toBe(before + 1)
})

describe('the user of the request', () => {
  const signIn = (sub: string, jti: number) => jwt({ sub, jti })

  it('is the same after a 401: the token is renewed once, and the items are sent again', async () => {
    let token = signIn('ann', 1)
    const { client, gateway, settled } = createFakeClient(
      { isAllowed: (bearer) => bearer === signIn('ann', 2) },
      {
        token: ({ force }) => {
          if (force) token = signIn('ann', 2)
          return token
        },
      },
    )
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    await settled()
    expect(job.getSnapshot().sync.status).toBe('live')
    expect(gateway.requests.map(({ path, body }) => [path, (body.items as []).length])).toEqual([
      ['/events', 1],
      ['/events', 1],
    ])
  })

  it('may be another one after a 401: the session is theirs', async () => {
    let token = signIn('ann', 1)
    const { client, gateway, settled, advance } = createFakeClient(
      { isAllowed: (bearer) => bearer === signIn('bob', 1) },
      {
        random: () => 0,
        token: ({ force }) => {
          if (force) token = signIn('bob', 1)
          return token
        },
      },
    )
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    job.subscribe(() => undefined)
    await settled()
    await advance(1_000)
    expect(job.getSnapshot().sync.status).toBe('live')
    expect(gateway.openStreams()).toBe(1)
    expect(gateway.requests.at(-1)?.headers.get('authorization')).toBe(`Bearer ${token}`)
  })

  it('changes while the request waits for its token: nothing is sent as the old one', async () => {
    const answers: ((token: string) => void)[] = []
    const { client, gateway, settled, advance } = createFakeClient(
      {},
      { random: () => 0, token: () => new Promise((resolve) => answers.push(resolve)) },
    )
    const jobs = [1, 2].map(() => client.attach(exportUsers, gateway.createJob().job_id))
    jobs[0]?.subscribe(() => undefined)
    await settled()
    // Bob signs in, and his page follows something else.
    jobs[0]?.unsubscribe()
    jobs[1]?.subscribe(() => undefined)
    void client.tokenChanged()
    await advance(1_100)
    for (const answer of answers.splice(0).reverse()) answer(signIn('bob', 1))
    await settled()
    for (const answer of answers.splice(0)) answer(signIn('bob', 1))
    await advance(1_000)
    for (const answer of answers.splice(0)) answer(signIn('bob', 1))
    await settled()
    expect(jobs[1]?.getSnapshot().sync.status).toBe('live')
    expect(gateway.registrations()).toEqual(['job:job-2'])
    const senders = gateway.requests.map(({ headers }) => headers.get('authorization'))
    expect(new Set(senders)).toEqual(new Set([`Bearer ${signIn('bob', 1)}`]))
  })
})
