import { expect, it } from 'vitest'
import { defineJob } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { showJob } from './support/screen.ts'

// urql-graphql/urql#649 (fixed by #650), nuxt/nuxt#34546: what is compared as JSON is equal for any two files.

it('start() with another file, while the first one is starting, is another start', async () => {
  const { client, gateway, settled } = createFakeClient()
  const screen = showJob(client, defineJob<{ file: Blob }, string>('import_users'))
  const first = screen.start({ file: new File(['ann'], 'a.csv') })
  // Dropped together: a second event before the first start was answered.
  const second = screen.start({ file: new File(['bob'], 'b.csv') })
  expect(second).not.toBe(first)
  await settled()
  const sent = gateway.requests.filter(({ path }) => path.startsWith('/rpc/import_users'))
  expect(sent).toHaveLength(2)
})

it('a double click with arguments that are JSON by a codec alone is one start', async () => {
  const { client, gateway, advance } = createFakeClient({}, { random: () => 0.5 })
  const sized = defineJob<{ size: bigint }, string>('sized', {
    toWire: ({ size }) => ({ size: String(size) }),
  })
  const screen = showJob(client, sized)
  screen.start({ size: 10n })
  screen.start({ size: 10n })
  await advance(1_000)
  expect(gateway.count('/rpc/sized')).toBe(1)
})
