import { expect, it } from 'vitest'
import { defineJob, withCodec } from '../src/index.ts'
import { createFakeClient } from '../src/testing/index.ts'
import { showJob } from './support/screen.ts'

it('a start with a file is refused: only mutations carry files', async () => {
  const { client, gateway, settled } = createFakeClient()
  const job = client.start(defineJob<{ file: Blob }, string>('import_users'), { file: new Blob() })
  await expect(job.result).rejects.toThrow('import_users.file is a file: only the arguments of a')
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
