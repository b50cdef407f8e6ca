import { createHash } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient, mutationsOf, queriesOf } from '@headway/core'
import * as v from 'valibot'
import { afterAll, beforeAll } from 'vitest'
import {
  createGateway,
  type Gateway,
  isUploadedFile,
  mutation,
  query,
  Refused,
  UploadedFile,
} from '../../src/index.ts'
import { createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export const kib = 1_024
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

export let kept: string
export let directory: string
export let gateway: Gateway
export let url: string
export let client: Client
/** Keeps a mutation from ending. */
let hold: Promise<void> = Promise.resolve()

export const mutations = {
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
export const names = { mutations: mutationsOf<Api>(), queries: queriesOf<Api>() }

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

export const csv = (text: string, name = 'users.csv'): File =>
  new File([text], name, { type: 'text/csv' })

/** A form as anybody may send it; `null` stands for `_json`. */
export async function post(
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
export const waitingFiles = (): Promise<string[]> => readdir(directory)

/** Holds the mutation `held` until the returned function is called. */
export function holdUploads(): () => void {
  let release = (): void => undefined
  hold = new Promise((resolve) => {
    release = resolve
  })
  return release
}
