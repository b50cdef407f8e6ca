import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { openStream } from '@headway/conformance'
import { exportJWK, type JWTPayload, SignJWT } from 'jose'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, type GatewayOptions, job } from '../src/index.ts'
import { ask, member, secret, sign } from './support/attack.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'

const gateways: Gateway[] = []
const logged: string[] = []
const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
let database: string
let url: string
/** The answer of `authenticate` in the gateway at `custom`. */
let identity: unknown
let custom: string

const serve = async (auth: GatewayOptions['auth']): Promise<string> => {
  const gateway = await createGateway({
    database,
    engine: memoryEngine(),
    jobs: { mine: job({ run: () => null }) },
    logger,
    ...(auth && { auth }),
  })
  gateways.push(gateway)
  return (await gateway.listen(0)).url
}
beforeAll(async () => {
  database = await createDatabase()
  url = await serve({ jwt: { secret } })
  custom = await serve({ authenticate: async () => identity as never })
})
beforeEach(() => void logged.splice(0))
afterAll(() => Promise.all(gateways.map((gateway) => gateway.close())))

const start = (token: string, at = url) =>
  ask(at, 'POST', '/rpc/mine', { authorization: `Bearer ${token}` })

const badIds: [what: string, id: unknown][] = [
  ['a number', 42],
  ['null', null],
  ['nothing', undefined],
  ['empty', ''],
  ['an object', { id: 'ann' }],
  ['a list', ['ann']],
  ['true', true],
  ['with NUL', 'ann\0'],
  ['half a surrogate pair', 'ann\ud800'],
  ['256 characters', 'x'.repeat(256)],
]
describe.each(badIds)('an id that is %s', (_, id) => {
  it('is refused in a token', async () => {
    expect(await start(await sign(id))).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
  })

  it('is refused from `authenticate`, and the log says why', async () => {
    identity = { id }
    expect(await start('', custom)).toMatchObject({ status: 401, code: 'UNAUTHORIZED' })
    expect(logged.join()).toContain('The id of the user is')
  })
})

it.each(['x', 'x'.repeat(255), '\u202eann', '__proto__', 'ünïcödé 🦀', '42'])(
  'the id %j owns the runs it starts, and no other id does',
  async (id) => {
    const token = await sign(id)
    const jobId = member(await start(token), 'job_id')
    const headers = { authorization: `Bearer ${token}` }
    expect(await ask(url, 'GET', `/jobs/${jobId}`, headers)).toMatchObject({ status: 200 })
    const other = { authorization: `Bearer ${await sign(`${id.slice(0, 200)}!`)}` }
    expect(await ask(url, 'GET', `/jobs/${jobId}`, other)).toMatchObject({ status: 403 })
    expect(await ask(url, 'GET', `/jobs/${jobId}`)).toMatchObject({ status: 401 })
  },
)

describe('roles', () => {
  const metrics = async (roles: unknown) => {
    const headers = { authorization: `Bearer ${await sign('ann', { roles })}` }
    return (await fetch(`${url}/_api/metrics`, { headers })).status
  }
  it.each([[['admin']], ['admin'], ['user admin'], [' admin ']])(
    '%j includes admin',
    async (roles) => expect(await metrics(roles)).toBe(200),
  )
  it.each([[[]], [null], [''], ['administrator'], [['user admin']], ['user,admin']])(
    '%j does not include admin',
    async (roles) => expect(await metrics(roles)).toBe(403),
  )
  it.each([[42], [true], [{ admin: true }], [['admin', 42]], [[['admin']]]])(
    '%j is refused',
    async (roles) => expect(await metrics(roles)).toBe(401),
  )
})

describe('expiresAt of `authenticate`', () => {
  it.each<[unknown, string]>([
    [Number.NaN, 'expiresAt is NaN: give epoch milliseconds'],
    [Number.POSITIVE_INFINITY, 'expiresAt is Infinity'],
    [String(Date.now() + 60_000), 'give epoch milliseconds'],
    [new Date(), 'expiresAt is an object'],
    [Math.floor(Date.now() / 1_000) + 60, 'give epoch milliseconds, not seconds'],
    [-1, 'expiresAt is -1'],
  ])('%s is refused, and the log says why', async (expiresAt, message) => {
    identity = { id: 'ann', expiresAt }
    expect(await start('', custom)).toMatchObject({ status: 401 })
    expect(logged.join()).toContain(message)
  })

  it('in the past is 401; in the future, or left out, it is accepted', async () => {
    identity = { id: 'ann', expiresAt: Date.now() - 1 }
    expect(await start('', custom)).toMatchObject({ status: 401 })
    for (const expiresAt of [Date.now() + 60_000, undefined, null]) {
      identity = { id: 'ann', expiresAt }
      expect(await start('', custom)).toMatchObject({ status: 200 })
    }
  })
})

describe('a token without an end', () => {
  const endless = () =>
    new SignJWT({ sub: 'ann' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode(secret))

  it('is refused, unless requireExp is false', async () => {
    expect(await start(await endless())).toMatchObject({ status: 401 })
    const own = await serve({ jwt: { secret, requireExp: false } })
    expect(await start(await endless(), own)).toMatchObject({ status: 200 })
  })

  it('a stream opens although the token ends in a million years', async () => {
    const token = await sign('ann', {}, 1e15)
    const stream = await openStream(url, { authorization: `Bearer ${token}` })
    expect(stream.connected.ping_secs).toBe(15)
    stream.close()
  })
})

interface Pair {
  publicKey: KeyObject
  privateKey: KeyObject
}
const pairs: [name: string, algorithms: string[], pair: () => Pair][] = [
  ['RSA', ['RS256', 'PS256', 'RS512'], () => generateKeyPairSync('rsa', { modulusLength: 2_048 })],
  ['P-256', ['ES256'], () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['P-384', ['ES384'], () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['Ed25519', ['EdDSA'], () => generateKeyPairSync('ed25519')],
]
const signWith = (alg: string, privateKey: KeyObject | Uint8Array, claims: JWTPayload = {}) =>
  new SignJWT({ sub: 'ann', ...claims })
    .setProtectedHeader({ alg, kid: '1' })
    .setExpirationTime('10m')
    .sign(privateKey)

describe.each(pairs)('tokens signed with %s', (_, algorithms, generate) => {
  it('are accepted with the public key as PEM, and with the JWKS of the issuer', async () => {
    const { publicKey, privateKey } = generate()
    const jwk = { ...(await exportJWK(publicKey)), kid: '1' }
    const issuer = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })))
    await once(issuer.listen(0), 'listening')
    const address = issuer.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const byPem = await serve({ jwt: { publicKey: pem } })
    const byJwks = await serve({ jwt: { jwks: `http://localhost:${port}` } })
    for (const alg of algorithms) {
      const token = await signWith(alg, privateKey)
      expect(await start(token, byPem)).toMatchObject({ status: 200 })
      expect(await start(token, byJwks)).toMatchObject({ status: 200 })
    }
    // Anyone may know the public key: it must not work as a secret, and "none" is not a signature.
    const forged = await signWith('HS256', new TextEncoder().encode(pem))
    const [, claims] = forged.split('.')
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`
    for (const token of [
      forged,
      unsigned,
      await signWith(algorithms[0] ?? '', generate().privateKey),
    ]) {
      expect(await start(token, byPem)).toMatchObject({ status: 401 })
      expect(await start(token, byJwks)).toMatchObject({ status: 401 })
    }
    issuer.close()
    issuer.closeAllConnections()
  })
})

it('`algorithms` narrows the accepted algorithms', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const pem = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()
  const own = await serve({ jwt: { publicKey: pem, algorithms: ['PS256'] } })
  expect(await start(await signWith('PS256', privateKey), own)).toMatchObject({ status: 200 })
  expect(await start(await signWith('RS256', privateKey), own)).toMatchObject({ status: 401 })
})

describe('refuses wrong options at the start', () => {
  const small = () => generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey
  const odd = () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey
  const pemOf = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = 'https://issuer.example/keys'
  it.each<[string, () => object]>([
    ['auth.jwt.algorithms has "HS256"', () => ({ jwks, algorithms: ['HS256'] })],
    ['auth.jwt.algorithms has "none"', () => ({ jwks, algorithms: ['RS256', 'none'] })],
    ['auth.jwt.algorithms has "none"', () => ({ secret, algorithms: ['none'] })],
    ['auth.jwt.algorithms has []', () => ({ secret, algorithms: [] })],
    ['give some of ES256', () => ({ publicKey: pemOf(publicKey), algorithms: ['RS256'] })],
    [
      'must be the PEM of a public key',
      () => ({ publicKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) }),
    ],
    ['is of type rsa , 1024 bits', () => ({ publicKey: pemOf(small()) })],
    ['is of type ec secp256k1', () => ({ publicKey: pemOf(odd()) })],
  ])('%s', async (message, jwt) => {
    await expect(serve({ jwt: jwt() })).rejects.toThrow(message)
  })
})

it('does not log invalid tokens', async () => {
  expect(await start('nonsense')).toMatchObject({ status: 401 })
  expect(logged).toEqual([])
})
