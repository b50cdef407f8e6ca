import { createPublicKey, type KeyObject } from 'node:crypto'
import { createRemoteJWKSet } from 'jose'
import { ConfigurationError } from '../errors.ts'
import type { JwtOptions } from './jwt-options.ts'

/** The key and algorithms that tokens are checked with. */
export interface JwtKeys {
  key: Uint8Array | KeyObject | ReturnType<typeof createRemoteJWKSet>
  /** The values that `alg` of a token may have. */
  algorithms: string[]
}

const secretAlgorithms = ['HS256', 'HS384', 'HS512']
const rsaAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const edAlgorithms = ['EdDSA', 'Ed25519']
const ecAlgorithms: Record<string, string[]> = {
  prime256v1: ['ES256'],
  secp384r1: ['ES384'],
  secp521r1: ['ES512'],
}
const publicAlgorithms = [...rsaAlgorithms, ...Object.values(ecAlgorithms).flat(), ...edAlgorithms]

/**
 * The key of these options, and the algorithms for a key of its kind: never those of a secret for a
 * public key, which everyone may have. Throws a {@link ConfigurationError} about a wrong option.
 */
export function toJwtKeys({ secret, publicKey, jwks, algorithms }: JwtOptions): JwtKeys {
  const given = Object.entries({ secret, publicKey, jwks }).filter(([, key]) => key !== undefined)
  if (given.length !== 1) {
    const has = given.map(([name]) => name).join(' and ') || 'none of them'
    throw new ConfigurationError(
      `auth.jwt needs exactly one of secret, publicKey and jwks, and has ${has}`,
    )
  }
  if (secret !== undefined) {
    const key = new TextEncoder().encode(secret)
    if (key.length < 32) {
      throw new ConfigurationError(
        `auth.jwt.secret has ${key.length} bytes: give at least 32 random bytes`,
      )
    }
    return { key, algorithms: choose(algorithms, secretAlgorithms, 'secret') ?? ['HS256'] }
  }
  if (publicKey !== undefined) {
    const key = readPem(publicKey)
    const possible = algorithmsOf(key)
    return { key, algorithms: choose(algorithms, possible, 'publicKey') ?? possible }
  }
  if (!URL.canParse(String(jwks))) {
    throw new ConfigurationError(`auth.jwt.jwks is "${jwks}": give the URL of the issuer's keys`)
  }
  const key = createRemoteJWKSet(new URL(String(jwks)))
  return { key, algorithms: choose(algorithms, publicAlgorithms, 'jwks') ?? publicAlgorithms }
}

/** The requested algorithms, checked; `null`: all that the key allows. */
function choose(
  asked: readonly string[] | undefined,
  possible: readonly string[],
  what: string,
): string[] | null {
  if (asked === undefined) return null
  const odd = asked.find((algorithm) => !possible.includes(algorithm))
  if (asked.length > 0 && odd === undefined) return [...asked]
  throw new ConfigurationError(
    `auth.jwt.algorithms has ${JSON.stringify(odd ?? [])}: with ${what}, give some of ` +
      possible.join(', '),
  )
}

function readPem(pem: string): KeyObject {
  // Node would also accept a private key here, which must never be in this option.
  if (!/-----BEGIN (RSA )?PUBLIC KEY-----|-----BEGIN CERTIFICATE-----/.test(pem)) {
    throw new ConfigurationError('auth.jwt.publicKey must be the PEM of a public key')
  }
  try {
    return createPublicKey(pem)
  } catch (error) {
    throw new ConfigurationError('auth.jwt.publicKey must be the PEM of a public key', {
      cause: error,
    })
  }
}

function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string[] {
  const { namedCurve = '', modulusLength = 0 } = asymmetricKeyDetails ?? {}
  const possible =
    asymmetricKeyType === 'rsa' && modulusLength >= 2_048
      ? rsaAlgorithms
      : asymmetricKeyType === 'ed25519'
        ? edAlgorithms
        : (ecAlgorithms[namedCurve] ?? [])
  if (possible.length > 0) return possible
  const size = modulusLength > 0 ? `, ${modulusLength} bits` : ''
  throw new ConfigurationError(
    `auth.jwt.publicKey is of type ${asymmetricKeyType} ${namedCurve}${size}: ` +
      'give RSA of 2,048 bits or more, P-256, P-384, P-521 or Ed25519',
  )
}
