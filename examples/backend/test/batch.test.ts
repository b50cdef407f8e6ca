import { rm } from 'node:fs/promises'
import { post, read } from '@headway/conformance/wire'
import { batchFiles } from '@headway/example-shared'
import type { Running } from '@headway/test-kit/processes/run'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDataFolder, startDemo } from './demo-process.ts'

let data: string
let demo: (Running & { url: string }) | undefined
beforeAll(async () => {
  data = await makeDataFolder()
  demo = await startDemo(data)
})
afterAll(async () => {
  await demo?.stop()
  await rm(data, { recursive: true, force: true })
})

it('imports the files of a batch; the broken one fails, until it is tried again', async () => {
  const { url = '' } = demo ?? {}
  const items = batchFiles.map((args) => ({ args, title: args.file }))
  const { body } = await post(url, '/rpc/import_file/many', { items })
  const { job_id: batch } = (body as { data: { job_id: string } }).data
  await expect
    .poll(() => read(url, batch))
    .toMatchObject({
      status: 'failed',
      children: { total: 20, done: 19, failed: 1, cancelled: 0, running: 0 },
    })
  await post(url, `/jobs/${batch}/retry`, {})
  await expect
    .poll(() => read(url, batch))
    .toMatchObject({
      status: 'completed',
      children: { total: 20, done: 20, failed: 0 },
    })
})
