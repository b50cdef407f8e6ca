import { openStream } from '@headway/conformance/wire'
import { SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { ask, member, secret, sign } from './support/attack.ts'
import { authenticateAs, custom, logged, serve, start, url } from './support/principals-gateway.ts'

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
    authenticateAs({ id })
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
    authenticateAs({ id: 'ann', expiresAt })
    expect(await start('', custom)).toMatchObject({ status: 401 })
    expect(logged.join()).toContain(message)
  })

  it('in the past is 401; in the future, or left out, it is accepted', async () => {
    authenticateAs({ id: 'ann', expiresAt: Date.now() - 1 })
    expect(await start('', custom)).toMatchObject({ status: 401 })
    for (const expiresAt of [Date.now() + 60_000, undefined, null]) {
      authenticateAs({ id: 'ann', expiresAt })
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
