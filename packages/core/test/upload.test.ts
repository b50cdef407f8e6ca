import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createClient,
  defineMutation,
  defineQuery,
  defineWorkflow,
  RpcError,
} from '../src/index.ts'
import { createFakeClient, createFakeGateway, failure } from '../src/testing/index.ts'
import { createUpload, type UploadView } from '../src/upload/index.ts'

const csv = new File(['id\n1\n'], 'users.csv', { type: 'text/csv' })
const importUsers = defineMutation<{ file: Blob; team?: string }, { rows: number }>('import_users')
const echo = defineMutation<unknown, unknown>('echo')

describe('a call with files', () => {
  it('is sent as a form: the JSON first, then each file under its keys', async () => {
    const sent: [string, string][] = []
    const client = createClient({
      url: 'http://fake',
      async fetch(url, init) {
        expect(String(url)).toBe('http://fake/_api/rpc/echo/upload')
        expect(Object.entries(init?.headers ?? {})).toEqual([['x-forge-platform', 'web']])
        const form = init?.body instanceof FormData ? init.body : new FormData()
        for (const [name, value] of form) {
          sent.push([name, typeof value === 'string' ? value : `${value.name} ${value.type}`])
        }
        return Response.json({ success: true, data: null })
      },
    })
    const at = new Date(0)
    await client.call(echo, { at, file: csv, list: [csv, 1], 'a.b/c': { _json: csv }, _json: csv })
    expect(sent).toEqual([
      ['_json', '{"at":"1970-01-01T00:00:00.000Z","list":[null,1],"a.b/c":{}}'],
      ['file', 'users.csv text/csv'],
      ['list.0', 'users.csv text/csv'],
      ['a%2Eb%2Fc._json', 'users.csv text/csv'],
      ['%5Fjson', 'users.csv text/csv'],
    ])
  })

  it('arrives with each file in its place, in any arguments', async () => {
    let arrived: unknown
    const keep = (args: unknown): void => {
      arrived = args
    }
    const { client } = createFakeClient({ mutations: { echo: keep } })
    // JSON has no -0, which `jsonValue` makes.
    const json = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)))
    const file = fc.constant(null).map(() => new File(['x'], 'x'))
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        file,
        json.filter((value) => value !== null),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), tie('value'), { maxKeys: 3 }),
      ),
    }))
    const args = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), value, { maxKeys: 4 })
    await fc.assert(
      fc.asyncProperty(args, async (args) => {
        const sent = { ...args, file: csv }
        fc.pre(!JSON.stringify(Object.keys(sent)).includes('__proto__'))
        await client.call(echo, sent)
        expect(blobsAsText(arrived)).toEqual(blobsAsText(sent))
      }),
    )
    client.close()
  })

  it('sends -0 as 0, since JSON has no -0', async () => {
    const arrived: unknown[] = []
    const { client } = createFakeClient({
      mutations: { echo: (args: unknown) => void arrived.push(args) },
    })
    for (const args of [
      { at: -0, list: [-0], file: csv },
      { at: -0, list: [-0] },
    ]) {
      await client.call(echo, args)
    }
    expect(arrived.map(blobsAsText)).toEqual([
      { at: 0, list: [0], file: 'file of 5' },
      { at: 0, list: [0] },
    ])
    client.close()
  })

  it('resolves with a Blob for an answer that is a file', async () => {
    const report = async () => new Blob(['x'])
    const { client } = createFakeClient({ queries: { report } })
    const answer = await client.call(defineQuery<null, Blob>('report'), null)
    expect(await answer.text()).toBe('x')
  })
})

/** Replaces files by text, since `toEqual` takes any two files for equal. */
function blobsAsText(value: unknown): unknown {
  if (value instanceof Blob) return `file of ${value.size}`
  if (Array.isArray(value)) return value.map(blobsAsText)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, blobsAsText(inner)]))
}

describe('a value that JSON would lose is refused', () => {
  const { client } = createFakeClient()
  const none = 'which JSON cannot hold: send a Blob, a list or an object'
  const holdingItself: Record<string, unknown> = {}
  holdingItself.self = holdingItself
  it.each([
    [csv, 'A file has no name in the arguments: send an object, such as { file }'],
    [[csv], 'A file has no name in the arguments: send an object, such as { file }'],
    [holdingItself, 'The arguments are nested deeper than 64 levels, or contain themselves'],
    [{ a: [new Uint8Array(2)] }, `a.0 is a Uint8Array, ${none}`],
    [new ArrayBuffer(2), `The value to send is a ArrayBuffer, ${none}`],
    [{ a: { b: new Map() } }, `a.b is a Map, ${none}`],
    [{ a: new Set() }, `a is a Set, ${none}`],
  ])('in the arguments of a call (%#)', async (args, message) => {
    await expect(client.call(echo, args)).rejects.toEqual(new TypeError(message))
  })

  it('in arguments that cannot contain files', async () => {
    const message = 'is a file: files need a mutation, or a definition made by withFiles()'
    const query = defineQuery<unknown, unknown>('users')
    expect(() => client.watch(query, { a: [csv] })).toThrow(new TypeError(`users.a.0 ${message}`))
    const telling = client.sendEvent(defineWorkflow('verify'), 'id', 'clicked', { proof: csv })
    await expect(telling).rejects.toEqual(new TypeError(`clicked.proof ${message}`))
  })
})

describe('createUpload', () => {
  it('is idle, then sending, then has the answer', async () => {
    const { client } = createFakeClient({ mutations: { import_users: () => ({ rows: 1 }) } })
    const upload = createUpload(client, importUsers)
    const seen: UploadView<{ rows: number }>[] = []
    upload.state$.subscribe((view) => seen.push(view))
    expect(await upload.send({ file: csv })).toEqual({ rows: 1 })
    const none = { data: null, error: null }
    expect(seen).toEqual([
      { status: 'idle', progress: 0, sentBytes: 0, totalBytes: 0, ...none },
      { status: 'sending', progress: 0, sentBytes: 0, totalBytes: 5, ...none },
      { status: 'answering', progress: 100, sentBytes: 5, totalBytes: 5, ...none },
      { ...none, status: 'success', progress: 100, sentBytes: 5, totalBytes: 5, data: { rows: 1 } },
    ])
    expect(upload.getServerSnapshot?.()).toBe(seen[0])
  })

  it('shows the error of a refused upload, also if its promise is ignored, and resets it for the next one', async () => {
    const fake = createFakeClient({ mutations: { import_users: () => ({ rows: 1 }) } })
    const upload = createUpload(fake.client, importUsers)
    fake.gateway.intercept(() => failure(413, 'FILE_TOO_LARGE', 'file is too large'))
    upload.send({ file: csv })
    await expect.poll(() => upload.getSnapshot().status).toBe('error')
    const { error, data } = upload.getSnapshot()
    expect(error).toBeInstanceOf(RpcError)
    expect({ error, data }).toMatchObject({ error: { code: 'FILE_TOO_LARGE' }, data: null })
    fake.gateway.intercept(() => undefined)
    const sending = upload.send({ file: csv })
    expect(upload.getSnapshot()).toMatchObject({ status: 'sending', error: null })
    await sending
    await expect(upload.send({ file: new Uint8Array() as never })).rejects.toThrow(TypeError)
    expect(upload.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'UNKNOWN' } })
  })

  it('is aborted by cancel() and by its signal, and not by another upload', async () => {
    const gateway = createFakeGateway({ mutations: { import_users: () => ({ rows: 1 }) } })
    const client = createClient({ url: 'http://fake', fetch: gateway.fetch })
    const upload = createUpload(client, importUsers)
    upload.cancel()
    const answers: (() => void)[] = []
    gateway.intercept(() => new Promise((resolve) => answers.push(() => resolve(undefined))))
    const first = upload.send({ file: csv })
    await expect.poll(() => answers.length).toBe(1)
    upload.cancel()
    await expect(first).rejects.toMatchObject({ name: 'AbortError' })
    expect(upload.getSnapshot().status).toBe('idle')
    const giveUp = new AbortController()
    const second = upload.send({ file: csv }, { signal: giveUp.signal })
    await expect.poll(() => answers.length).toBe(2)
    giveUp.abort(new Error('left the page'))
    await expect(second).rejects.toThrow('left the page')
    const third = upload.send({ file: csv })
    const fourth = upload.send({ file: csv, team: 'newest' })
    await expect.poll(() => answers.length).toBe(4)
    for (const answer of answers) answer()
    expect(await Promise.all([third, fourth])).toEqual([{ rows: 1 }, { rows: 1 }])
    expect(upload.getSnapshot().status).toBe('success')
    client.close()
  })
})
