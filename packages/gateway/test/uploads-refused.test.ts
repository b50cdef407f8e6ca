import { describe, expect, it } from 'vitest'
import {
  client,
  csv,
  holdUploads,
  kib,
  names,
  post,
  url,
  waitingFiles,
} from './support/uploads-gateway.ts'

describe('an upload is refused, and nothing of it stays', () => {
  const png = new File(['<svg onload=alert(1)>'], 'a.png', { type: 'image/png' })
  const large = csv('x'.repeat(2_001 * kib))
  it.each<[string, [string, string | File][], number, string, string]>([
    ['plain', [['file', csv('x')]], 400, 'INVALID_ARGUMENT', 'plain does not accept files'],
    ['nobody', [['file', csv('x')]], 404, 'NOT_FOUND', 'The function nobody does not exist'],
    [
      'keep',
      [
        ['_json', '{'],
        ['file', csv('x')],
      ],
      400,
      'INVALID_JSON',
      '_json must be a JSON object',
    ],
    ['keep', [['_json', '[]']], 400, 'INVALID_JSON', '_json must be a JSON object'],
    [
      'keep',
      [
        ['_json', '{}'],
        ['_json', '{}'],
      ],
      400,
      'DUPLICATE_FIELD',
      '_json came twice',
    ],
    [
      'keep',
      [
        ['_json', '{"file":1}'],
        ['file', csv('x')],
      ],
      400,
      'DUPLICATE_FIELD',
      'There is more than one file',
    ],
    [
      'keep',
      [
        ['file', csv('x')],
        ['file', csv('y')],
      ],
      400,
      'DUPLICATE_FIELD',
      'There is more than one file',
    ],
    [
      'keep',
      [['a.b', csv('x')]],
      400,
      'INVALID_FIELD',
      'There is no place for a.b in the arguments',
    ],
    [
      'keep',
      [['__proto__', csv('x')]],
      400,
      'INVALID_FIELD',
      'A part cannot be called "__proto__"',
    ],
    [
      'keep',
      [
        ['a', csv('x')],
        ['b', csv('x')],
        ['c', csv('x')],
      ],
      400,
      'TOO_MANY_FIELDS',
      'There must be at most 2 files',
    ],
    [
      'keep',
      [['file', csv('x', '. .')]],
      400,
      'INVALID_FILENAME',
      'The file name of file has no allowed characters',
    ],
    [
      'keep',
      [['file', png]],
      400,
      'MIME_MISMATCH',
      'file is declared as image/png, but does not begin like one',
    ],
    [
      'keep',
      [['file', new File(['x'], 'a')]],
      400,
      'MIME_MISMATCH',
      'file is application/octet-stream: send text/csv or image/*',
    ],
    ['describe', [['file', large]], 413, 'FILE_TOO_LARGE', 'file must have at most 2048000 bytes'],
    [
      'keep',
      [['_json', JSON.stringify({ x: 'x'.repeat(70 * kib) })]],
      413,
      'PAYLOAD_TOO_LARGE',
      'All files together must have at most 65536 bytes',
    ],
    [
      'describe',
      [['_json', JSON.stringify({ x: 'x'.repeat(1_025 * kib) })]],
      413,
      'JSON_TOO_LARGE',
      '_json must have at most 1048576 bytes',
    ],
    [
      'describe',
      [['_json', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`]],
      400,
      'BAD_REQUEST',
      'The body must be nested at most 64 levels deep',
    ],
  ])('%s (%#)', async (name, parts, status, code, message) => {
    expect(await post(name, parts)).toMatchObject({ status, code, message })
    await expect.poll(waitingFiles).toEqual([])
  })

  it('what is no form, or ends before it is complete', async () => {
    const send = async (type: string, body: string) => {
      const headers = { 'content-type': type }
      const response = await fetch(`${url}/_api/rpc/keep/upload`, { method: 'POST', headers, body })
      return { status: response.status, ...(await response.json()).error }
    }
    const refused = { status: 400, code: 'MULTIPART_ERROR' }
    expect(await send('application/json', '{}')).toMatchObject(refused)
    expect(await send('multipart/form-data', 'x')).toMatchObject(refused)
    expect(await send('application/x-www-form-urlencoded', 'a=%7B%7D')).toMatchObject(refused)
    const head =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
    expect(await send('multipart/form-data; boundary=b', `${head}id\n1`)).toMatchObject(refused)
    expect(await send('multipart/form-data; boundary=b', '')).toMatchObject(refused)
    await expect.poll(waitingFiles).toEqual([])
  })

  it.each<[what: string, headers: Record<string, string>, status: number]>([
    ['nothing else', {}, 403],
    ['a cookie alone', { cookie: 'session=ann' }, 403],
    ['what browsers add by themselves', { authorization: 'Basic YW5uOmFubg==' }, 403],
    ['X-Forge-CSRF', { 'x-forge-csrf': '1' }, 200],
    ['X-Forge-Platform, as ours', { 'x-forge-platform': 'web' }, 200],
    ['X-Forge-Platform and a cookie', { 'x-forge-platform': 'web', cookie: 'session=ann' }, 200],
    // This gateway has no `auth`: whose the token is does not matter.
    ['a token', { authorization: 'Bearer a.b.c' }, 200],
  ])('from a page, unless it proves that it may send it: %s', async (_, headers, status) => {
    const page = { origin: 'https://evil.example', ...headers }
    const answer = await post('keep', [['file', csv('x')]], page)
    expect(answer).toMatchObject(status === 200 ? { status } : { status, code: 'FORBIDDEN' })
  })

  it('when as many are under way as may be', async () => {
    const release = holdUploads()
    const both = [1, 2].map(() => client.call(names.mutations.held, { file: csv('x') }))
    await expect.poll(waitingFiles).toHaveLength(2)
    const third = client.call(names.mutations.held, { file: csv('x') })
    await expect(third).rejects.toMatchObject({ status: 503, retryAfterMs: 5_000 })
    release()
    expect(await Promise.all(both)).toEqual([1, 1])
    expect(await client.call(names.mutations.held, { file: csv('xy') })).toBe(2)
  })
})
