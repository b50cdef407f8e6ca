import { capabilities, parseCapabilities } from '@headway/core/protocol'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGateway, type Gateway, job, mutation, query, UploadedFile } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

let gateway: Gateway
/** One that waits a second for a body. */
let brief: Gateway
let full: Gateway
let url: string
let briefUrl: string
let fullUrl: string

const input = v.object({ file: v.instance(UploadedFile) })

beforeAll(async () => {
  const app = {
    database: await createDatabase(),
    engine: memoryEngine(),
    logger: quiet,
    jobs: { plain: job({ public: true, run: () => null }) },
    queries: { report: query({ public: true, run: async () => new Blob(['a,b']) }) },
    mutations: { keep: mutation({ public: true, files: true, input, run: async () => null }) },
    auth: { jwt: { secret: 'a secret of no less than thirty-two bytes' } },
    cors: { origins: ['https://app.example.com'] },
  }
  gateway = await createGateway({ ...app, maxBodyBytes: 100 })
  brief = await createGateway({ ...app, requestTimeoutSecs: 1 })
  full = await createGateway(app)
  url = (await gateway.listen(0)).url
  briefUrl = (await brief.listen(0)).url
  fullUrl = (await full.listen(0)).url
  await full.drain({ overMs: 0 })
})
afterAll(async () => {
  await gateway?.close()
  await brief?.close()
  await full?.close()
})

const json = { 'content-type': 'application/json' }
const posted = (body: BodyInit): RequestInit => ({ method: 'POST', headers: json, body })
const form = (): FormData => {
  const data = new FormData()
  data.set('file', new Blob(['a']), 'a.txt')
  return data
}
/** A body that never ends. */
const endless = (): RequestInit => {
  const start = (body: ReadableStreamDefaultController<Uint8Array>): void =>
    body.enqueue(new TextEncoder().encode('{'))
  return Object.assign(posted(new ReadableStream({ start })), { duplex: 'half' })
}
const invalid = { authorization: 'Bearer nonsense' }

type Case = [what: string, status: number, path: string, init: () => RequestInit]
const cases: Case[] = [
  ['a call', 200, '/rpc/plain', () => posted('{}')],
  ['a file', 200, '/rpc/report', () => posted('{}')],
  ['an upload', 200, '/rpc/keep/upload', () => ({ method: 'POST', body: form() })],
  ['an upload of nothing', 400, '/rpc/keep/upload', () => ({ method: 'POST', body: 'a' })],
  ['a stream', 200, '/events', () => ({})],
  ['a refused stream, by its ticket', 401, '/events?ticket=a', () => ({})],
  ['a refused ticket', 401, '/events/ticket', () => ({ method: 'POST' })],
  ['a refused registration', 422, '/subscribe-job', () => posted('{}')],
  ['a refused batch', 422, '/unsubscribe-batch', () => posted('{}')],
  ['a token that is none', 401, '/rpc/plain', () => ({ headers: invalid })],
  ['metrics that are not for all', 401, '/metrics', () => ({})],
  ['no such path', 404, '/nowhere', () => ({})],
  ['no such method', 405, '/rpc/plain', () => ({ method: 'PUT' })],
  ['no such version', 406, '/rpc/plain', () => ({ ...posted('{}'), headers: { accept: 'a/b' } })],
  ['a body that never ends', 408, '/rpc/plain', endless],
  ['a body that is too large', 413, '/rpc/plain', () => posted(`{"args":"${'x'.repeat(200)}"}`)],
  ['a body that is not JSON', 415, '/rpc/plain', () => ({ method: 'POST', body: '{}' })],
  ['its health', 200, '/health', () => ({})],
  ['its health without content', 200, '/health', () => ({ method: 'HEAD' })],
  ['its readiness without content', 200, '/ready', () => ({ method: 'HEAD' })],
  ['a run without content', 400, '/jobs/7', () => ({ method: 'HEAD' })],
  ['a stream without content', 405, '/events', () => ({ method: 'HEAD' })],
]

const expectWords = async (response: Response, status: number): Promise<void> => {
  await response.body?.cancel()
  expect(response.status).toBe(status)
  const header = response.headers.get('x-headway-capabilities')
  expect(parseCapabilities(header)).toEqual([...capabilities])
}

describe('what the gateway can stands on each answer', () => {
  it.each(cases)('through the door of Node: %s, %i', async (_, status, path, init) => {
    const at = init === endless ? briefUrl : url
    await expectWords(await fetch(`${at}/_api${path}`, init()), status)
  })

  it.each(cases)('through the door of Request: %s, %i', async (_, status, path, init) => {
    const door = init === endless ? brief : gateway
    await expectWords(await door.fetch(new Request(`http://localhost/_api${path}`, init())), status)
  })

  it('of a server that is about to stop, too', async () => {
    await expectWords(await fetch(`${fullUrl}/_api/events`), 503)
    await expectWords(await fetch(`${fullUrl}/_api/ready`), 503)
  })

  it('and a page of another origin may read it', async () => {
    const headers = { origin: 'https://app.example.com' }
    const response = await fetch(`${url}/_api/health`, { headers })
    const exposed = response.headers.get('access-control-expose-headers')
    expect(exposed?.split(', ')).toContain('X-Headway-Capabilities')
  })
})

it('HEAD is GET without the content, through both doors', async () => {
  const head = { method: 'HEAD' }
  for (const path of ['/health', '/ready', '/jobs/7', '/metrics', '/nowhere']) {
    const get = await fetch(`${url}/_api${path}`)
    await get.body?.cancel()
    const answers = [
      await fetch(`${url}/_api${path}`, head),
      await gateway.fetch(new Request(`http://localhost/_api${path}`, head)),
    ]
    for (const answer of answers) {
      expect([answer.status, await answer.text()]).toEqual([get.status, ''])
      expect(answer.headers.get('content-type')).toBe(get.headers.get('content-type'))
    }
  }
  const post = await fetch(`${url}/_api/health`, posted('{}'))
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})
