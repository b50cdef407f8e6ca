import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { ask, bearer, member } from './support/attack.ts'
import { type Headers, staff, url } from './support/strict-gateway.ts'

describe('a start that is sent again', () => {
  const start = async (name: string, headers: Headers, key: string) =>
    ask(url, 'POST', `/rpc/${name}`, { ...headers, 'x-idempotency-key': key })

  it('is counted apart, with a limit of its own', async () => {
    const headers = await bearer(randomUUID(), staff)
    const first = await start('strictJob', headers, 'one')
    await start('strictJob', headers, 'two')
    expect(await start('strictJob', headers, 'three')).toMatchObject({ status: 429 })
    for (let times = 0; times < 20; times += 1) {
      expect(await start('strictJob', headers, 'one')).toMatchObject({ data: first.data })
    }
    expect(await start('strictJob', headers, 'one')).toMatchObject({ status: 429 })
  })

  it('by an anonymous client under a guessable key is refused', async () => {
    for (const key of ['1', 'report-2026-11', '1'.repeat(64), 'ab'.repeat(20)]) {
      expect(await start('openJob', {}, key)).toMatchObject({
        status: 400,
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('must be random'),
      })
    }
  })

  it('by an anonymous client under a random key gives the same run, from any address', async () => {
    const from = (ip: string) => ({ 'x-forwarded-for': ip })
    for (const key of [randomUUID(), randomUUID().replaceAll('-', '')]) {
      const first = await start('openJob', from('10.0.0.1'), key)
      expect(first).toMatchObject({ status: 200 })
      expect(await start('openJob', from('10.0.0.2'), key)).toMatchObject({ data: first.data })
    }
    const ids = await Promise.all(
      [randomUUID(), randomUUID()].map(async (key) =>
        member(await start('openJob', {}, key), 'job_id'),
      ),
    )
    expect(new Set(ids).size).toBe(2)
  })
})
