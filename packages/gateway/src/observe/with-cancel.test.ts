import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { withCancel } from '../with-cancel.ts'

it('says what is wrong with a sandboxed processor', async () => {
  const job = { id: '1', attemptsMade: 0, queueQualifiedName: 'bull:transcode' }
  await expect(withCancel(async () => undefined)(job)).rejects.toThrow(/not the path of a file/)
})

it('brings three small files into the bundle of a worker', async () => {
  const entry = fileURLToPath(new URL('../with-cancel.ts', import.meta.url))
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    metafile: true,
    write: false,
  })
  const files = Object.keys(metafile.inputs).map((file) => file.replace(/^.*\/src\//, ''))
  expect(files.sort()).toEqual([
    'errors.ts',
    'observe/cancel-mark.ts',
    'observe/with-cancel.ts',
    'with-cancel.ts',
  ])
})
