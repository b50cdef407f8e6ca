import { expect, it } from 'vitest'
import { defineJob, withCodec, withFiles } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { showJob } from './support/screen.ts'

// urql-graphql/urql#649 (fixed by #650), nuxt/nuxt#34546: what is compared as JSON is equal for any two files.

it('start() with another file, while the first one is starting, is another start', async () => {
  const { client, gateway, settled } = createFakeClient()
  const screen = showJob(client, withFiles(defineJob<{ file: Blob }, string>('import_users')))
  const first = screen.start({ file: new File(['ann'], 'a.csv') })
  // Dropped together: a second event before the first start was answered.
  const second = screen.start({ file: new File(['bob'], 'b.csv') })
  expect(second).not.toBe(first)
  await settled()
  const sent = gateway.requests.filter(({ path }) => path.startsWith('/rpc/import_users'))
  expect(sent).toHaveLength(2)
})

it('a start with a file is refused, unless its definition says that it may hold files', async () => {
  const { client, gateway, settled } = createFakeClient()
  const job = client.start(defineJob<{ file: Blob }, string>('import_users'), { file: new Blob() })
  await expect(job.result).rejects.toThrow('import_users.file is a file: files need')
  await settled()
  expect(gateway.requests).toEqual([])
})

it('a double click with arguments that are JSON by a codec alone is one start', async () => {
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
