import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { exportJWK, type JWTPayload, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { secret } from './support/attack.ts'
import { logged, serve, start } from './support/principals-gateway.ts'

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
