import { connect } from 'node:net'
import { createClient } from '@headway/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGateway } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import {
  client,
  csv,
  directory,
  holdUploads,
  mutations,
  names,
  post,
  url,
  waitingFiles,
} from './support/uploads-gateway.ts'

describe('a stranger', () => {
  it('cannot say that something is a file which is none', async () => {
    const file = { path: '/etc/passwd', name: 'a', type: 'text/csv', size: 1 }
    const forged = client.call(names.mutations.keep, { file: file as never })
    await expect(forged).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' })
    const parts: [string, string][] = [['_json', JSON.stringify({ file })]]
    expect(await post('keep', parts)).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT' })
  })

  it('does not keep the server at work with parts of nothing', async () => {
    for (const part of ['--b\r\n\r\n\r\n', '--b\r\nX: y\r\n\r\n\r\n']) {
      const headers = { 'content-type': 'multipart/form-data; boundary=b' }
      const body = part.repeat(200_000)
      const response = await fetch(`${url}/_api/rpc/describe/upload`, {
        method: 'POST',
        headers,
        body,
      })
      expect((await response.json()).error).toMatchObject({ code: 'TOO_MANY_FIELDS' })
    }
  })

  it('is not read at all when more is announced than may come', async () => {
    const { port } = new URL(url)
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8')
    let answer = ''
    socket.on('data', (text) => {
      answer += text
    })
    socket.write(
      'POST /_api/rpc/describe/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n',
    )
    await expect.poll(() => answer).toContain('"PAYLOAD_TOO_LARGE"')
    socket.destroy()
  })
})

it('one user’s uploads keep nobody else from sending', async () => {
  const shared = await createGateway({
    database: await createDatabase(),
    mutations,
    logger: quiet,
    trustProxy: 1,
    uploads: { directory, maxUnderWayPerUser: 1 },
  })
  const at = (await shared.listen(0)).url
  const release = holdUploads()
  const sendFrom = (ip: string): Promise<number> => {
    const headers = { 'x-forwarded-for': ip }
    const other = createClient({ url: at })
    return other
      .call(names.mutations.held, { file: csv('x') }, { headers })
      .finally(() => other.close())
  }
  const first = sendFrom('127.0.0.1')
  await expect.poll(waitingFiles).toHaveLength(1)
  await expect(sendFrom('127.0.0.1')).rejects.toMatchObject({
    code: 'TOO_MANY_UPLOADS',
    status: 429,
  })
  const other = sendFrom('127.0.0.2')
  await expect.poll(waitingFiles).toHaveLength(2)
  release()
  expect(await Promise.all([first, other])).toEqual([1, 1])
  await shared.close()
})

it('whatever a form is made of: an answer, no fault, and nothing that stays', async () => {
  const whole = Buffer.from(
    [
      '--b\r\nContent-Disposition: form-data; name="_json"\r\n\r\n{"pages":[null]}\r\n',
      '--b\r\nContent-Disposition: form-data; name="pages.0"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\nid\n1\r\n',
      '--b\r\nContent-Disposition: form-data; name="file"; filename*=UTF-8\'\'%e2%82%ac.png\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n1234\r\n--b--\r\n',
    ].join(''),
    'latin1',
  )
  const at = fc.nat({ max: whole.length })
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 8 }),
    fc.constantFrom('\r\n--b', '\r\n--b--', '\r\n\r\n', '"', '\0', '../').map(Buffer.from),
  )
  const changed = fc.array(fc.tuple(at, at, piece), { maxLength: 4 }).map((changes) =>
    changes.reduce<Buffer>((body, [from, length, bytes]) => {
      return Buffer.concat([body.subarray(0, from), bytes, body.subarray(from + (length % 20))])
    }, whole),
  )
  await fc.assert(
    fc.asyncProperty(changed, async (body) => {
      const headers = { 'content-type': 'multipart/form-data; boundary=b' }
      const init = { method: 'POST', headers, body: new Uint8Array(body) }
      const response = await fetch(`${url}/_api/rpc/describe/upload`, init)
      const { success, error } = await response.json()
      expect(success ? 'ok' : error.code).not.toMatch(/INTERNAL_ERROR|REQUEST_TIMEOUT/)
    }),
    { numRuns: Number(process.env.HEADWAY_RUNS ?? 200) },
  )
  await expect.poll(waitingFiles).toEqual([])
})
