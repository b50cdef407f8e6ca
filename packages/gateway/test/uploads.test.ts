import { createHash, randomBytes } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, mutationsOf, queriesOf } from '@headway/core'
import { createUpload, type UploadView } from '@headway/core/upload'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createGateway,
  type Gateway,
  isUploadedFile,
  mutation,
  query,
  Refused,
  UploadedFile,
} from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

const kib = 1_024
const anything = v.unknown()
const oneFile = v.object({ file: v.instance(UploadedFile), note: v.optional(v.string()) })

/** What a mutation saw of each file, wherever it stood. */
async function describeFiles(value: unknown): Promise<unknown> {
  if (isUploadedFile(value)) {
    const { name, type, size } = value
    return { name, type, size, text: size < 100 ? await value.text() : await sha256(value) }
  }
  if (Array.isArray(value)) return Promise.all(value.map(describeFiles))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(async ([key, inner]) => [
    key,
    await describeFiles(inner),
  ])
  return Object.fromEntries(await Promise.all(entries))
}

async function sha256(file: UploadedFile): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of file.stream()) hash.update(piece)
  return hash.digest('hex')
}

let kept: string
let directory: string
let gateway: Gateway
let url: string
let client: Client
/** Keeps a mutation from ending. */
let hold: Promise<void> = Promise.resolve()

const mutations = {
  describe: mutation({
    files: true,
    input: anything,
    run: ({ input }) => describeFiles(input),
  }),
  keep: mutation({
    files: { maxBytes: 64 * kib, maxFiles: 2, types: ['text/csv', 'image/*'] },
    input: oneFile,
    run: async ({ input }) => {
      if (input.note === 'no') throw new Refused('not today')
      await input.file.moveTo(join(kept, input.file.name))
      return { bytes: (await input.file.bytes()).length }
    },
  }),
  held: mutation({
    files: true,
    input: oneFile,
    run: async ({ input }) => {
      await hold
      return input.file.size
    },
  }),
  itself: mutation({ files: true, input: oneFile, run: ({ input }) => input.file }),
  plain: mutation({ run: () => 'nothing came' }),
  thumbnail: mutation({
    files: true,
    input: oneFile,
    run: async ({ input }) => new Blob([await input.file.bytes()], { type: 'image/x-small' }),
  }),
}
const queries = {
  large: query({ run: () => openAsBlob(join(kept, 'large.bin')) }),
  nested: query({ run: () => ({ pdf: new Blob(['x']) }) }),
  report: query({
    run: () => new File(['id,name\n1,Ann\n'], 'größe.csv', { type: 'text/csv' }),
  }),
}
type None = Record<never, never>
type Api = Gateway<None, None, typeof queries, typeof mutations>['api']
const names = { mutations: mutationsOf<Api>(), queries: queriesOf<Api>() }

beforeAll(async () => {
  kept = await mkdtemp(join(tmpdir(), 'headway-kept-'))
  directory = await mkdtemp(join(tmpdir(), 'headway-incoming-'))
  gateway = await createGateway({
    database: await createDatabase(),
    queries,
    mutations,
    logger: quiet,
    uploads: {
      directory,
      maxBytes: 3_000 * kib,
      maxFileBytes: 2_000 * kib,
      maxFiles: 3,
      maxUnderWay: 2,
    },
  })
  url = (await gateway.listen(0)).url
  client = createClient({ url })
})
afterAll(async () => {
  client?.close()
  await gateway?.close()
  await rm(kept, { recursive: true, force: true })
  await rm(directory, { recursive: true, force: true })
})

const csv = (text: string, name = 'users.csv'): File => new File([text], name, { type: 'text/csv' })

/** A form as anybody may send it; `null` stands for `_json`. */
async function post(
  name: string,
  parts: [string, string | File][],
  headers: Record<string, string> = {},
) {
  const form = new FormData()
  for (const [part, value] of parts) form.append(part, value)
  const response = await fetch(`${url}/_api/rpc/${name}/upload`, {
    method: 'POST',
    body: form,
    headers,
  })
  const { data, error } = await response.json()
  return { status: response.status, data, code: error?.code, message: error?.message }
}

/** What lies where files wait: nothing, once their call is over. */
const waitingFiles = (): Promise<string[]> => readdir(directory)

describe('files', () => {
  it('arrive wherever they stand in the arguments, with all else that is there', async () => {
    const args = {
      team: 'a',
      at: new Date(0),
      main: csv('id\n1\n'),
      pages: [{ no: 1, 'scan.1': csv('one', 'a/b.csv') }, csv('two')],
    }
    expect(await client.call(names.mutations.describe, args)).toEqual({
      team: 'a',
      at: '1970-01-01T00:00:00.000Z',
      main: { name: 'users.csv', type: 'text/csv', size: 5, text: 'id\n1\n' },
      pages: [
        { no: 1, 'scan.1': { name: 'b.csv', type: 'text/csv', size: 3, text: 'one' } },
        { name: 'users.csv', type: 'text/csv', size: 3, text: 'two' },
      ],
    })
    expect(await waitingFiles()).toEqual([])
  })

  it('larger than any buffer arrive whole, and say how much of them is out', async () => {
    const bytes = randomBytes(1_900 * kib)
    const upload = createUpload(client, names.mutations.describe)
    const seen: UploadView<unknown>[] = []
    upload.state$.subscribe((view) => seen.push(view))
    const answer = await upload.send({ file: new Blob([bytes]) })
    const text = createHash('sha256').update(bytes).digest('hex')
    const type = 'application/octet-stream'
    expect(answer).toEqual({ file: { name: 'blob', type, size: bytes.length, text } })
    const percents = seen.map(({ progress }) => progress)
    expect(percents).toEqual([...percents].sort((a, b) => a - b))
    expect(percents.filter((percent) => percent > 0 && percent < 100).length).toBeGreaterThan(3)
    expect([...new Set(seen.map(({ status }) => status))]).toEqual([
      'idle',
      'sending',
      'answering',
      'success',
    ])
    expect(upload.getSnapshot()).toMatchObject({ progress: 100, data: answer, error: null })
  })

  it('that are moved stay, and are gone otherwise', async () => {
    expect(await client.call(names.mutations.keep, { file: csv('id\n1\n', 'kept.csv') })).toEqual({
      bytes: 5,
    })
    expect(await readFile(join(kept, 'kept.csv'), 'utf8')).toBe('id\n1\n')
    const refused = client.call(names.mutations.keep, { file: csv('id\n', 'lost.csv'), note: 'no' })
    await expect(refused).rejects.toMatchObject({ code: 'REFUSED', message: 'not today' })
    expect(await readdir(kept)).toEqual(['kept.csv'])
    expect(await waitingFiles()).toEqual([])
  })

  it('come in any order, without a name, and without arguments', async () => {
    const file = new File(['x'], '', { type: 'text/plain' })
    expect(
      await post('describe', [
        ['a', file],
        ['_json', '{"b":1}'],
      ]),
    ).toMatchObject({
      status: 200,
      data: { a: { name: 'a', type: 'text/plain', text: 'x' }, b: 1 },
    })
    expect(await post('describe', [['a', file]])).toMatchObject({ data: { a: { size: 1 } } })
  })

  it('answer a call, as a Blob of their own type', async () => {
    const report = await client.call(names.queries.report)
    expect(report).toBeInstanceOf(File)
    expect(report).toMatchObject({ type: 'text/csv', name: 'größe.csv' })
    expect(await report.text()).toBe('id,name\n1,Ann\n')
    const bytes = randomBytes(500 * kib)
    const small = await client.call(names.mutations.thumbnail, { file: new Blob([bytes]) })
    expect(small).toMatchObject({ type: 'image/x-small', size: bytes.length })
    expect(Buffer.from(await small.arrayBuffer()).equals(bytes)).toBe(true)
    const watched = client.watch(names.queries.report)
    await watched.ready()
    expect(watched.getSnapshot().error?.message).toBe(
      'report answers a file: call the query instead of watching it',
    )
  })
})

describe('an answer that is a file', () => {
  /** How many files of this process are open. */
  const openFiles = async (): Promise<number> => {
    const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`))
    const targets = await Promise.allSettled(links)
    return targets.filter((target) => 'value' in target && target.value.startsWith(kept)).length
  }

  it.runIf(process.platform === 'linux')('leaves nothing open for who stops reading', async () => {
    await writeFile(join(kept, 'large.bin'), Buffer.alloc(5_000 * kib))
    const ask = async (): Promise<void> => {
      const controller = new AbortController()
      const init = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }
      const response = await fetch(`${url}/_api/rpc/large`, { ...init, signal: controller.signal })
      await response.body?.getReader().read()
      controller.abort()
    }
    await Promise.all(Array.from({ length: 20 }, ask))
    await expect.poll(openFiles).toBe(0)
    await rm(join(kept, 'large.bin'))
  })

  it('inside another is a fault: JSON has none', async () => {
    await expect(client.call(names.queries.nested)).rejects.toMatchObject({ status: 500 })
    await expect(client.call(names.mutations.itself, { file: csv('x') })).rejects.toMatchObject({
      status: 500,
    })
  })
})

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
    ['keep', [['__proto__', csv('x')]], 400, 'INVALID_FIELD', 'No part may be called "__proto__"'],
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
    let release = (): void => undefined
    hold = new Promise((resolve) => {
      release = resolve
    })
    const both = [1, 2].map(() => client.call(names.mutations.held, { file: csv('x') }))
    await expect.poll(waitingFiles).toHaveLength(2)
    const third = client.call(names.mutations.held, { file: csv('x') })
    await expect(third).rejects.toMatchObject({ status: 503, retryAfterMs: 5_000 })
    release()
    expect(await Promise.all(both)).toEqual([1, 1])
    expect(await client.call(names.mutations.held, { file: csv('xy') })).toBe(2)
  })
})

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

describe('a client in another process', () => {
  const secret = 'a secret of no less than thirty-two bytes'
  const sign = (expiresAt: number): Promise<string> =>
    new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ann')
      .setExpirationTime(expiresAt)
      .sign(new TextEncoder().encode(secret))
  let guarded: Gateway
  let guardedUrl: string
  beforeAll(async () => {
    const database = await createDatabase()
    const auth = { jwt: { secret } }
    guarded = await createGateway({
      database,
      mutations,
      logger: quiet,
      auth,
      uploads: { directory },
    })
    guardedUrl = (await guarded.listen(0)).url
  })
  afterAll(() => guarded?.close())

  /** What became of each of ten tries to send 9 MB. */
  const send = async (name: string, token: string, renewed = token) => {
    const env = { URL_TO: guardedUrl, NAME: name, BYTES: '9000000', TRIES: '10' }
    const { message } = await startProcess('./uploading.ts', {
      ...env,
      TOKEN: token,
      RENEWED: renewed,
    })
    const { outcomes, renewed: renewals } = JSON.parse(String(message))
    return { outcomes: [...new Set(outcomes)], renewals }
  }

  it('reads why it is refused, however early that was known', async () => {
    const valid = await sign(Date.now() / 1_000 + 600)
    expect(await send('plain', valid)).toEqual({
      outcomes: ['INVALID_ARGUMENT error'],
      renewals: 0,
    })
    expect(await send('keep', valid)).toMatchObject({ outcomes: ['PAYLOAD_TOO_LARGE error'] })
    expect(await send('nobody', valid)).toMatchObject({ outcomes: ['NOT_FOUND error'] })
  })

  it('renews a token that is refused in the middle of its files, and sends them again', async () => {
    const expired = await sign(Date.now() / 1_000 - 600)
    const valid = await sign(Date.now() / 1_000 + 600)
    expect(await send('held', expired, valid)).toEqual({
      outcomes: ['9000000 success'],
      renewals: 10,
    })
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
  let release = (): void => undefined
  hold = new Promise((resolve) => {
    release = resolve
  })
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

it('a file whose sender goes away in the middle of it leaves nothing', async () => {
  const { port } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  const head =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
  socket.write(
    `POST /_api/rpc/keep/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n${head}${'x'.repeat(20_000)}`,
  )
  await expect.poll(waitingFiles).toHaveLength(1)
  socket.destroy()
  await expect.poll(waitingFiles).toEqual([])
})

it('an upload that is given up ends, and so does what it left at the server', async () => {
  let release = (): void => undefined
  hold = new Promise((resolve) => {
    release = resolve
  })
  const upload = createUpload(client, names.mutations.held)
  const sending = upload.send({ file: csv('x') })
  await expect.poll(() => upload.getSnapshot().status).toBe('answering')
  upload.cancel()
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  expect(upload.getSnapshot()).toMatchObject({ status: 'idle', error: null })
  release()
  await expect.poll(waitingFiles).toEqual([])
  const failing = createUpload(client, names.mutations.keep)
  await expect(failing.send({ file: new Blob(['x']) })).rejects.toMatchObject({
    code: 'MIME_MISMATCH',
  })
  expect(failing.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'MIME_MISMATCH' } })
})

it('files that take too long are refused', async () => {
  const impatient = await createGateway({
    database: await createDatabase(),
    mutations,
    logger: quiet,
    uploads: { directory, timeoutSecs: 0.2 },
  })
  const { port } = new URL((await impatient.listen(0)).url)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.setEncoding('utf8').on('data', (text) => {
    answer += text
  })
  socket.write(
    'POST /_api/rpc/keep/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\n',
  )
  await expect.poll(() => answer).toContain('"REQUEST_TIMEOUT"')
  socket.destroy()
  await expect.poll(waitingFiles).toEqual([])
  await impatient.close()
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

it('files come through the other door, too', async () => {
  const form = new FormData()
  form.set('_json', '{"note":"yes"}')
  form.set('file', csv('id\n1\n', 'fetched.csv'))
  const ask = (name: string, body: FormData | string, headers = {}): Promise<Response> =>
    gateway.fetch(
      new Request(`http://localhost/_api/rpc/${name}`, { method: 'POST', body, headers }),
    )
  expect(await (await ask('keep/upload', form)).json()).toMatchObject({ data: { bytes: 5 } })
  const report = await ask('report', '{}', { 'content-type': 'application/json' })
  expect(Object.fromEntries(report.headers)).toMatchObject({
    'content-type': 'text/csv',
    'content-disposition': "attachment; filename*=UTF-8''gr%C3%B6%C3%9Fe.csv",
    'x-headway-answer': 'blob',
    'x-content-type-options': 'nosniff',
  })
  expect(await report.text()).toBe('id,name\n1,Ann\n')
})
