import { expect, it } from 'vitest'
import { defineJob, withCodec, withFiles } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { showJob } from './support/screen.ts'

// urql-graphql/urql#649 (fixed by #650), nuxt/nuxt#34546: any two files are equal as JSON.

it('starts another job for another file while the first one is starting', async () => {
  const { client, gateway, settled } = createFakeClient()
  const screen = showJob(client, withFiles(defineJob<{ file: Blob }, string>('import_users')))
  const first = screen.start({ file: new File(['ann'], 'a.csv') })
  // A second event before the first start was answered.
  const second = screen.start({ file: new File(['bob'], 'b.csv') })
  expect(second).not.toBe(first)
  await settled()
  const sent = gateway.requests.filter(({ path }) => path.startsWith('/rpc/import_users'))
  expect(sent).toHaveLength(2)
})

it('refuses a start with a file, unless its definition is made by withFiles()', async () => {
  const { client, gateway, settled } = createFakeClient()
  const job = client.start(defineJob<{ file: Blob }, string>('import_users'), { file: new Blob() })
  await expect(job.result).rejects.toThrow('import_users.file is a file: files need')
  await settled()
  expect(gateway.requests).toEqual([])
})

it('starts one job on a double click, also if a codec makes the arguments JSON', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  const sized = withCodec(defineJob<{ size: bigint }, string>('sized'), {
    toWire: ({ size }) => ({ size: String(size) }),
  })
  const screen = showJob(client, sized)
  screen.start({ size: 10n })
  screen.start({ size: 10n })
  await advance(1_000)
  expect(gateway.count('/rpc/sized')).toBe(1)
})
