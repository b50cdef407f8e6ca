import { describe, expect, it } from 'vitest'
import { isSamePrincipal } from './principal.ts'

const toPart = (text: string): string => Buffer.from(text).toString('base64url')
const withPayload = (text: string): string =>
  `${toPart('{"alg":"none"}')}.${toPart(text)}.signature`
const jwt = (claims: object): string => withPayload(JSON.stringify(claims))

describe('two tokens belong to the same user', () => {
  it.each<[string, string | null, string | null]>([
    ['when both are null', null, null],
    ['when they are equal', 'opaque', 'opaque'],
    ['when subject and issuer are equal', jwt({ sub: 'ann', iat: 1 }), jwt({ sub: 'ann', iat: 2 })],
    [
      'when the equal subjects are not ASCII',
      jwt({ sub: 'Ünal 王', n: 1 }),
      jwt({ sub: 'Ünal 王', n: 2 }),
    ],
    ['when one cannot be read', 'opaque', jwt({ sub: 'ann' })],
    ['when one is not base64', 'a.%%%.c', jwt({ sub: 'ann' })],
    ['when one is not JSON', withPayload('{'), jwt({ sub: 'ann' })],
    ['when one is not an object', withPayload('null'), jwt({ sub: 'ann' })],
    ['when one has no subject', jwt({ iss: 'a' }), jwt({ sub: 'ann' })],
  ])('%s', (_, a, b) => {
    expect(isSamePrincipal(a, b)).toBe(true)
    expect(isSamePrincipal(b, a)).toBe(true)
  })
})

describe('two tokens belong to different users', () => {
  it.each<[string, string | null, string | null]>([
    ['when only one is null', null, 'opaque'],
    ['when their subjects differ', jwt({ sub: 'ann' }), jwt({ sub: 'bob' })],
    ['when one subject is a number and the other its text', jwt({ sub: 1 }), jwt({ sub: '1' })],
    ['when their issuers differ', jwt({ sub: 'ann', iss: 'a' }), jwt({ sub: 'ann', iss: 'b' })],
    ['when only one has an issuer', jwt({ sub: 'ann' }), jwt({ sub: 'ann', iss: 'a' })],
  ])('%s', (_, a, b) => {
    expect(isSamePrincipal(a, b)).toBe(false)
    expect(isSamePrincipal(b, a)).toBe(false)
  })
})
