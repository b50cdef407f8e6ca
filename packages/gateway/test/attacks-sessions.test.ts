import { randomUUID } from 'node:crypto'
import { openStream, type Stream } from '@headway/conformance/wire'
import { createClient, defineJob, defineQuery } from '@headway/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, type GatewayOptions, job, query } from '../src/index.ts'
import { ask, bearer, member, secret, sign } from './support/attack.ts'
import { createDatabase, query as run } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const admin = { roles: ['admin'] }
const mine = defineJob<null, null>('mine')
const gateways: Gateway[] = []
const streams: Stream[] = []
let database: string
let url: string

const serve = async (options: Partial<GatewayOptions> = {}): Promise<string> => {
  const gateway = await createGateway({
    database,
    engine: bullmq(),
    jobs: { mine: job({ run: () => null }) },
    queries: {
      secrets: query({ roles: ['admin'], tables: ['note'], run: () => ['secret'] }),
      notes: query({
        tables: ['note'],
        run: async ({ sql, principal }) =>
          principal?.roles.includes('admin') ? sql`select text from note order by text` : [],
      }),
    },
    logger: quiet,
    auth: { jwt: { secret, leewaySecs: 0 } },
    ...options,
  })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  await run(database, 'create table note (text text)')
  await run(database, `insert into note values ('for admins')`)
  url = await serve()
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())))

const open = async (headers: Record<string, string>, at = url): Promise<Stream> => {
  const stream = await openStream(at, headers)
  streams.push(stream)
  return stream
}
const begin = async (sub: string): Promise<string> =>
  String(member(await ask(url, 'POST', '/rpc/mine', await bearer(sub)), 'job_id'))
const follow = (stream: Stream, headers: Record<string, string>, id: string, at = url) =>
  ask(at, 'POST', '/subscribe-job', headers, { ...stream.session, id, job_id: id })
const watch = (stream: Stream, headers: Record<string, string>, name: string) =>
  ask(url, 'POST', '/subscribe', headers, { ...stream.session, id: name, function: name })
const change = (id: string, message: string) =>
  run(
    database,
    `with changed as (update headway.run set message = $2, revision = revision + 1
      where id = $1 returning id) select pg_notify('headway_run', id::text) from changed`,
    [id, message],
  )

describe('a session has the rights of the token that was sent last', () => {
  it('a weaker token has no more rights than by itself', async () => {
    const stream = await open(await bearer('ann', admin))
    const weaker = await bearer('ann')
    expect(await follow(stream, weaker, await begin('bob'))).toMatchObject({ status: 403 })
    const asked = await watch(stream, weaker, 'secrets')
    expect(asked).toMatchObject({ status: 403, code: 'FORBIDDEN' })
    const item = { kind: 'query', id: 'x', function: 'secrets' }
    const batch = { ...stream.session, items: [item] }
    const { data } = await ask(url, 'POST', '/subscribe-batch', weaker, batch)
    expect(data).toMatchObject([{ success: false, error: { code: 'FORBIDDEN' } }])
  })

  it('a stronger token has all its rights', async () => {
    const stream = await open(await bearer('ann'))
    const [id, stronger] = [await begin('bob'), await bearer('ann', admin)]
    expect(await follow(stream, await bearer('ann'), id)).toMatchObject({ status: 403 })
    expect(await follow(stream, stronger, id)).toMatchObject({ status: 200 })
    expect(await watch(stream, stronger, 'secrets')).toMatchObject({ data: ['secret'] })
  })

  const proofs: [what: string, send: (stream: Stream) => Promise<unknown>][] = [
    ['a registration', async (stream) => follow(stream, await bearer('ann'), await begin('ann'))],
    [
      'a batch',
      async (stream) =>
        ask(url, 'POST', '/subscribe-batch', await bearer('ann'), { ...stream.session, items: [] }),
    ],
    [
      'the end of a registration',
      async (stream) =>
        ask(url, 'POST', '/unsubscribe', await bearer('ann'), {
          ...stream.session,
          id: randomUUID(),
        }),
    ],
    [
      'a registration that is refused',
      async (stream) => follow(stream, await bearer('ann'), randomUUID()),
    ],
  ]
  it.each(proofs)(
    'a registration that is not allowed any more ends with FORBIDDEN: by %s',
    async (_, send) => {
      const strong = await bearer('ann', admin)
      const [stream, other] = [await open(strong), await open(await bearer('bob'))]
      const [id, own] = [await begin('bob'), await begin('ann')]
      for (const runId of [id, own]) {
        expect(await follow(stream, strong, runId)).toMatchObject({ status: 200 })
      }
      expect(await watch(stream, strong, 'secrets')).toMatchObject({ status: 200 })
      await follow(other, await bearer('bob'), id)
      await send(stream)
      await expect.poll(() => stream.errors).toEqual(['FORBIDDEN', 'FORBIDDEN'])
      await change(id, 'not for ann')
      await other.until(({ message }) => message === 'not for ann')
      await change(own, 'for ann')
      await stream.until(({ message }) => message === 'for ann')
      expect(stream.pushed.map(({ message }) => message)).not.toContain('not for ann')
    },
  )

  it('a query that is still allowed runs with the roles of the last token', async () => {
    const client = createClient({ url, token: () => token })
    let token = await sign('eve', admin)
    const watched = client.watch(defineQuery<null, unknown[]>('notes'), null)
    watched.subscribe(() => undefined)
    const shown = () => watched.getSnapshot().data
    await expect.poll(shown).toEqual([{ text: 'for admins' }])
    // Another tab with the weaker token has a result already, which is older than the stronger
    // one's.
    const tab = await open(await bearer('eve'))
    expect(await watch(tab, await bearer('eve'), 'notes')).toMatchObject({ data: [] })
    token = await sign('eve')
    // Any registration proves who asks.
    client.start(mine, null).subscribe(() => undefined)
    await expect.poll(shown).toEqual([])
    await run(database, `insert into note values ('more for admins')`)
    token = await sign('eve', admin)
    client.start(mine, null).subscribe(() => undefined)
    await expect.poll(shown).toEqual([{ text: 'for admins' }, { text: 'more for admins' }])
    client.close()
  })
})

describe('a session lasts as long as the token that was sent last', () => {
  it('a token of six seconds ends a session that a longer one has opened', async () => {
    const stream = await open(await bearer('ann', admin))
    await follow(stream, await bearer('ann', {}, 6), await begin('ann'))
    await stream.ended
    expect(stream.errors).toEqual(['SESSION_EXPIRED'])
  })

  it('an expired token prolongs nothing', async () => {
    const stream = await open(await bearer('ann', {}, 6))
    const late = await bearer('ann', admin, -10)
    expect(await follow(stream, late, await begin('bob'))).toMatchObject({ status: 401 })
    await stream.ended
    expect(stream.errors).toEqual(['SESSION_EXPIRED'])
  })
})

describe('`authorize`', () => {
  it('that says no between two pushes ends the registration with FORBIDDEN', async () => {
    let isOpen = true
    const own = await serve({ authorize: async () => isOpen })
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    const id = String(member(await ask(own, 'POST', '/rpc/mine', ann), 'job_id'))
    const stream = await open(bob, own)
    expect(await follow(stream, bob, id, own)).toMatchObject({ status: 200 })
    isOpen = false
    await change(id, 'not for bob')
    await expect.poll(() => stream.errors).toEqual(['FORBIDDEN'])
    expect(await follow(stream, bob, id, own)).toMatchObject({ status: 403 })
    expect(stream.pushed).toEqual([])
  })

  it('that is slow is asked again when the session has other rights by then', async () => {
    const asked: (() => void)[] = []
    let isSlow = false
    const own = await serve({
      authorize: async ({ principal }) => {
        const isSupport = principal?.roles.includes('support') ?? false
        if (isSlow && isSupport) await new Promise<void>((resolve) => asked.push(resolve))
        return isSupport
      },
    })
    const support = await bearer('bob', { roles: ['support'] })
    const ann = await bearer('ann')
    const id = String(member(await ask(own, 'POST', '/rpc/mine', ann), 'job_id'))
    const stream = await open(support, own)
    expect(await follow(stream, support, id, own)).toMatchObject({ status: 200 })
    isSlow = true
    await change(id, 'while bob was support')
    await expect.poll(() => asked.length).toBe(1)
    await follow(stream, await bearer('bob'), randomUUID(), own)
    asked[0]?.()
    await expect.poll(() => stream.errors).toEqual(['FORBIDDEN'])
    expect(stream.pushed).toEqual([])
  })
})
