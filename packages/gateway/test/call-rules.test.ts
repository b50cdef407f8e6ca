import { openStream } from '@headway/conformance/wire'
import { SignJWT } from 'jose'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { type CallRules, createGateway, type Gateway, job, mutation, query } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const secret = 'a secret of no less than thirty-two bytes'
const staffOnly: CallRules = { roles: ['staff'] }
const twice = { calls: 2, perSecs: 600 }

let gateway: Gateway
let url: string

beforeAll(async () => {
  gateway = await createGateway({
    database: await createDatabase(),
    engine: bullmq(),
    jobs: {
      staffJob: job({ ...staffOnly, run: () => null }),
      rareJob: job({ rateLimit: twice, run: () => null }),
    },
    queries: {
      staffQuery: query({ ...staffOnly, run: () => 1 }),
      rareQuery: query({ rateLimit: twice, public: true, run: () => 1 }),
    },
    mutations: {
      staffMutation: mutation({ ...staffOnly, files: true, input: v.unknown(), run: () => 1 }),
      rareMutation: mutation({ rateLimit: twice, run: () => 1 }),
      otherMutation: mutation({ rateLimit: twice, run: () => 1 }),
    },
    auth: { jwt: { secret } },
    trustProxy: 1,
    logger: quiet,
  })
  url = (await gateway.listen(0)).url
})
afterAll(() => gateway?.close())

const bearer = async (sub: string, roles: string[] = []): Promise<Record<string, string>> => {
  const token = await new SignJWT({ roles })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  return { authorization: `Bearer ${token}` }
}
const ask = async (path: string, headers: Record<string, string>, body: unknown = {}) => {
  const isForm = body instanceof FormData
  const response = await fetch(`${url}/_api${path}`, {
    method: 'POST',
    headers: { ...(!isForm && { 'content-type': 'application/json' }), ...headers },
    body: isForm ? body : JSON.stringify(body),
  })
  const { data, error } = await response.json()
  const retryAfter = response.headers.get('retry-after')
  return { status: response.status, data, code: error?.code, retryAfter }
}
/** Registers a query on a stream of its own. */
const subscribe = async (name: string, headers: Record<string, string>) => {
  const stream = await openStream(url, headers)
  const body = { ...stream.session, id: name, function: name }
  const answer = await ask('/subscribe', headers, body)
  const batch = { ...stream.session, items: [{ ...body, kind: 'query', id: 'again' }] }
  const { data } = await ask('/subscribe-batch', headers, batch)
  stream.close()
  return { ...answer, inBatch: data[0].success ? 'ok' : data[0].error.code }
}

describe('roles', () => {
  it.each(['staffJob', 'staffQuery', 'staffMutation'])('%s is for who has one', async (name) => {
    expect(await ask(`/rpc/${name}`, {})).toMatchObject({ status: 401 })
    expect(await ask(`/rpc/${name}`, await bearer('ann'))).toMatchObject({ code: 'FORBIDDEN' })
    for (const role of ['staff', 'admin']) {
      expect(await ask(`/rpc/${name}`, await bearer('ann', [role]))).toMatchObject({ status: 200 })
    }
  })

  it('are asked for by registrations and uploads, too', async () => {
    const ann = await bearer('ann')
    expect(await subscribe('staffQuery', ann)).toMatchObject({ status: 403, inBatch: 'FORBIDDEN' })
    const staff = await bearer('bob', ['staff'])
    expect(await subscribe('staffQuery', staff)).toMatchObject({ data: 1, inBatch: 'ok' })
    const form = new FormData()
    expect(await ask('/rpc/staffMutation/upload', ann, form)).toMatchObject({ status: 403 })
    expect(await ask('/rpc/staffMutation/upload', {}, form)).toMatchObject({ status: 401 })
  })
})

describe('a rate limit', () => {
  it('counts each user’s calls of each name, and says when to come back', async () => {
    const [ann, bob] = [await bearer('ann'), await bearer('bob')]
    for (const user of [ann, ann, bob, bob]) {
      expect(await ask('/rpc/rareMutation', user)).toMatchObject({ status: 200 })
    }
    const refused = await ask('/rpc/rareMutation', ann)
    expect(refused).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(Number(refused.retryAfter)).toBeGreaterThan(0)
    expect(Number(refused.retryAfter)).toBeLessThanOrEqual(600)
    expect(await ask('/rpc/otherMutation', ann)).toMatchObject({ status: 200 })
    // Who may not call it does not use it up.
    expect(await ask('/rpc/otherMutation', {})).toMatchObject({ status: 401 })
    expect(await ask('/rpc/otherMutation', ann)).toMatchObject({ status: 200 })
  })

  it('counts the calls of an address where it is nobody’s in particular, registrations included', async () => {
    const from = (ip: string) => ({ 'x-forwarded-for': ip })
    expect(await subscribe('rareQuery', from('10.0.0.1'))).toMatchObject({ data: 1, inBatch: 'ok' })
    expect(await subscribe('rareQuery', from('10.0.0.1'))).toMatchObject({
      status: 429,
      inBatch: 'RATE_LIMITED',
    })
    expect(await ask('/rpc/rareQuery', from('10.0.0.1'))).toMatchObject({ status: 429 })
    expect(await ask('/rpc/rareQuery', from('10.0.0.2'))).toMatchObject({ status: 200, data: 1 })
  })

  it('counts a start that is sent again once, under whatever key', async () => {
    const ann = await bearer('ann')
    const start = (key: string) => ask('/rpc/rareJob', { ...ann, 'x-idempotency-key': key })
    const first = await start('one')
    expect(await start('one')).toMatchObject({ status: 200, data: first.data })
    expect(await start('one')).toMatchObject({ status: 200, data: first.data })
    expect(await start('two')).toMatchObject({ status: 200 })
    expect(await start('three')).toMatchObject({ status: 429 })
    expect(await start('one')).toMatchObject({ status: 200, data: first.data })
  })

  it('that cannot be is refused at once', () => {
    const run = () => 1
    expect(() => query({ run, rateLimit: { calls: 0, perSecs: 1 } })).toThrow(
      'rateLimit.calls is 0',
    )
    expect(() => job({ run, rateLimit: { calls: 1, perSecs: -1 } })).toThrow(
      'rateLimit.perSecs is -1',
    )
    expect(() => mutation({ run, files: { types: ['csv'] } })).toThrow('files.types has "csv"')
    expect(() => mutation({ run, files: { maxBytes: 0.5 } })).toThrow('files.maxBytes is 0.5')
    expect(() => mutation({ run, files: { types: [] } })).toThrow('files.types is empty')
    expect(() => mutation({ run, files: { types: ['Text/CSV'] } })).toThrow('"Text/CSV"')
    expect(() => mutation({ run, files: true })).toThrow('input is missing')
    const monthly = { calls: 1, perSecs: 30 * 86_400 }
    expect(() => query({ run, rateLimit: monthly })).toThrow('at most 2147483')
  })
})
