import { createClient, defineMutation } from '@headway/core'
import { createUpload, type UploadView } from '@headway/core/upload'
import { beforeAll, expect, it } from 'vitest'
import { commands } from 'vitest/browser'

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Starts a server for uploads, and resolves with its origin. */
    serveUploads(): Promise<string>
  }
}

const size = 3_000_000
const large = new File([new Uint8Array(size)], 'large.bin')
const named = <T>(name: string) => defineMutation<unknown, T>(name)

let url: string
beforeAll(async () => {
  url = await commands.serveUploads()
})

it('an upload shows the bytes that are sent, and the answer', async () => {
  const upload = createUpload(createClient({ url }), named('echo'))
  const seen: UploadView<unknown>[] = []
  upload.state$.subscribe((view) => seen.push(view))
  const data = await upload.send({ team: 'a', file: large })
  expect(data).toEqual({ _json: '{"team":"a"}', file: `large.bin ${size}` })
  const sent = seen.map(({ sentBytes }) => sentBytes)
  expect(sent).toEqual([...sent].sort((a, b) => a - b))
  // The form around the file is counted, too.
  expect(sent.at(-1)).toBeGreaterThan(size)
  expect(seen.at(-1)).toMatchObject({ status: 'success', progress: 100, data })
  const statuses = [...new Set(seen.map(({ status }) => status))]
  expect(statuses).toEqual(['idle', 'sending', 'answering', 'success'])
})

it('the files of an input are a list', async () => {
  const chosen = new DataTransfer()
  for (const name of ['a.csv', 'b.csv']) chosen.items.add(new File(['x'], name))
  const { files } = chosen
  const data = await createClient({ url }).call(named('echo'), { files })
  expect(data).toEqual({
    _json: '{"files":[null,null]}',
    'files.0': 'a.csv 1',
    'files.1': 'b.csv 1',
  })
})

it('a token that is refused is renewed, and the files are sent again', async () => {
  const token = ({ force }: { force: boolean }): string => (force ? 'new' : 'old')
  const upload = createUpload(createClient({ url, token }), named('guarded'))
  expect(await upload.send({ file: large })).toMatchObject({ file: `large.bin ${size}` })
  expect(upload.getSnapshot().status).toBe('success')
})

it('an answer that is a file has its name, type and bytes', async () => {
  const report = await createUpload(createClient({ url }), named<File>('report')).send({
    file: large,
  })
  expect(report).toMatchObject({ name: 'größe.csv', type: 'text/csv', size: 3 })
})

it('an upload can be cancelled; without a server it fails with NETWORK', async () => {
  const upload = createUpload(createClient({ url }), named('silent'))
  const sending = upload.send({ file: large })
  await expect.poll(() => upload.getSnapshot().status).toBe('answering')
  upload.cancel()
  await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  expect(upload.getSnapshot().status).toBe('idle')
  const nowhere = createUpload(createClient({ url: 'http://127.0.0.1:1' }), named('echo'))
  await expect(nowhere.send({ file: large })).rejects.toMatchObject({ code: 'NETWORK' })
  expect(nowhere.getSnapshot()).toMatchObject({ status: 'error', error: { code: 'NETWORK' } })
})
