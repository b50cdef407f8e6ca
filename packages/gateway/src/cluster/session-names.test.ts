import { describe, expect, it } from 'vitest'
import type { Principal } from '../access/principal.ts'
import { isUuid } from '../uuid.ts'
import { createSessionNames, drawLocalName } from './session-names.ts'

const key = Buffer.alloc(32, 7)
const ann: Principal = { id: 'ann', roles: ['admin'], expiresAt: 1e12 }
const here = createSessionNames(key, 0xfedcba98)
const there = createSessionNames(key, 3)

it.each([0, 1, 0xffffffff])('an id says that gateway %i has the session', (number) => {
  const { id } = createSessionNames(key, number).draw(ann)
  expect(isUuid(id)).toBe(true)
  expect(there.gatewayOf(id)).toBe(number)
})

it('an id of a session that one gateway alone knows names none', () => {
  expect(here.gatewayOf(drawLocalName().id)).toBeNull()
})

describe('a secret', () => {
  const name = here.draw(ann)
  const { id, secret } = name

  it('is checked by every gateway with the same key', () => {
    expect(there.check(name, ann)).toBe('own')
    expect(there.check(name, { ...ann, roles: [], expiresAt: 2e12 })).toBe('own')
  })

  it('is bound to its principal', () => {
    expect(there.check(name, { ...ann, id: 'bob' })).toBe('otherPrincipal')
    expect(there.check(name, null)).toBe('otherPrincipal')
    const anonymous = here.draw(null)
    expect(there.check(anonymous, null)).toBe('own')
    expect(there.check(anonymous, ann)).toBe('otherPrincipal')
  })

  it('is good for its session alone, and with this key alone', () => {
    const other = here.draw(ann)
    expect(there.check({ id: other.id, secret }, ann)).toBe('wrongSecret')
    expect(createSessionNames(Buffer.alloc(32), 3).check(name, ann)).toBe('wrongSecret')
  })

  it.each([
    ['nothing', ''],
    ['a part', secret.slice(0, -1)],
    ['more', `${secret}a`],
    ['other text of its length', 'ä'.repeat(secret.length)],
  ])('is not %s', (_, given) => {
    expect(there.check({ id, secret: given }, ann)).not.toBe('own')
  })

  it('half of one session and half of another is wrong', () => {
    const other = here.draw(ann)
    const [first, second] = [secret.slice(0, 22), other.secret.slice(22)]
    expect(there.check({ id, secret: first + second }, ann)).toBe('otherPrincipal')
    expect(there.check({ id: other.id, secret: first + second }, ann)).toBe('wrongSecret')
  })
})
