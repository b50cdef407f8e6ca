import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createUpload, type UploadView } from '@headway/core/upload'
import { describe, expect, it } from 'vitest'
import {
  client,
  csv,
  gateway,
  kept,
  kib,
  names,
  post,
  url,
  waitingFiles,
} from './support/uploads-gateway.ts'

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
