import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type GatewayOptions, Unauthorized } from '../src/index.ts'
import {
  ask,
  bearer,
  database,
  gateways,
  jobs,
  key,
  nobody,
  secret,
  serve,
  sign,
} from './support/access-gateway.ts'
import { quiet } from './support/quiet.ts'

describe('tokens', () => {
  const bad: [what: string, header: () => Promise<string> | string][] = [
    ['nonsense', () => 'Bearer nonsense'],
    ['another scheme', () => 'Basic abc'],
    ['an empty one', () => 'Bearer '],
    ['a lower-case scheme', async () => `bearer ${await sign('ann')}`],
    ['an old one', async () => `Bearer ${await sign('ann', {}, -120)}`],
    ['one of nobody', async () => `Bearer ${await sign('')}`],
    [
      'one of another secret',
      async () =>
        `Bearer ${await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setSubject('ann').sign(new TextEncoder().encode(secret.toUpperCase()))}`,
    ],
    [
      'one of another algorithm',
      async () =>
        `Bearer ${await new SignJWT({}).setProtectedHeader({ alg: 'HS512' }).setSubject('ann').sign(key)}`,
    ],
    [
      'one that nobody signed',
      () => `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"ann"}')}.`.replaceAll('=', ''),
    ],
  ]
  it.each(bad)('%s is refused, wherever it is sent', async (_, header) => {
    const authorization = await header()
    for (const [method, path] of [
      ['POST', '/rpc/open'],
      ['GET', '/events'],
      ['POST', '/events/ticket'],
      ['POST', '/subscribe-job'],
      ['GET', '/health'],
    ] as const) {
      expect(await ask(method, path, { authorization })).toMatchObject({
        status: 401,
        code: 'UNAUTHORIZED',
      })
    }
  })

  it('are needed to start a job, unless that is public', async () => {
    expect(await ask('POST', '/rpc/mine', nobody)).toMatchObject({ status: 401 })
    expect(await ask('POST', '/rpc/open', nobody)).toMatchObject({ status: 200 })
    expect(await ask('POST', '/rpc/mine', await bearer('ann'))).toMatchObject({ status: 200 })
  })

  it('signed with RS256, by a key at hand or by one that the issuer publishes', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: '1', alg: 'RS256' }] }
    const issuer = createServer((_, response) => response.end(JSON.stringify(keys))).listen(0)
    await once(issuer, 'listening')
    const address = issuer.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const token = await new SignJWT({ iss: 'us', aud: 'headway' })
      .setProtectedHeader({ alg: 'RS256', kid: '1' })
      .setSubject('ann')
      .setExpirationTime('1m')
      .sign(privateKey)
    const headers = { authorization: `Bearer ${token}` }
    const jwks = `http://localhost:${port}`
    const asked = { issuer: 'us', audience: 'headway' }
    const own = await serve({ auth: { jwt: { jwks, ...asked } } })
    expect(await ask('POST', '/rpc/mine', headers, {}, own)).toMatchObject({ status: 200 })
    const pem = await exportSPKI(publicKey)
    const other = await serve({ auth: { jwt: { publicKey: pem, audience: 'somebody else' } } })
    expect(await ask('POST', '/rpc/mine', headers, {}, other)).toMatchObject({ status: 401 })
    // The keys cannot be had: nobody is signed out for that.
    issuer.close()
    issuer.closeAllConnections()
    const late = await serve({ auth: { jwt: { jwks } } })
    expect(await ask('POST', '/rpc/mine', headers, {}, late)).toMatchObject({ status: 503 })
  })

  it('or whatever else says who asks; its faults are no refusals', async () => {
    const authenticate = async ({ headers }: { headers: Headers }) => {
      const user = headers.get('x-user')
      if (user === 'liar') throw new Unauthorized('no such user')
      if (user === 'fault') throw new Error('no database')
      return user === null ? null : { id: user }
    }
    const own = await serve({ auth: { authenticate } })
    const status = async (headers: Record<string, string>) =>
      (await ask('POST', '/rpc/mine', headers, {}, own)).status
    expect(await status({ 'x-user': 'ann' })).toBe(200)
    expect(await status({})).toBe(401)
    expect(await status({ 'x-user': 'liar' })).toBe(401)
    expect(await status({ 'x-user': 'fault' })).toBe(500)
  })
})

it.each<[string, Partial<GatewayOptions>]>([
  ['has 3 bytes', { auth: { jwt: { secret: 'abc' } } }],
  ['exactly one', { auth: { jwt: {} } }],
  ['must be the PEM', { auth: { jwt: { publicKey: 'abc' } } }],
  ['jwks is "abc"', { auth: { jwt: { jwks: 'abc' } } }],
  ['cors.origins has "*"', { cors: { origins: ['*'] } }],
  ['cors.origins has "https://a.example/"', { cors: { origins: ['https://a.example/'] } }],
  ['trustProxy is -1', { trustProxy: -1 }],
])('says at its start what cannot be: %s', async (message, options) => {
  await expect(serve(options)).rejects.toThrow(message)
})

it('with auth it listens where others can reach it', async () => {
  const app = { database, engine: bullmq(), jobs, logger: quiet, auth: { jwt: { secret } } }
  const gateway = await createGateway(app)
  gateways.push(gateway)
  await expect(gateway.listen(0, '0.0.0.0')).resolves.toMatchObject({ url: expect.any(String) })
})
