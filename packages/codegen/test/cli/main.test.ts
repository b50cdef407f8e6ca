import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createFolder } from '../support/folder.ts'

const cli = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const tsx = import.meta.resolve('tsx')

/** Runs `headway` as a process of its own, which is no terminal. */
async function headway(files: Record<string, string>, args: string[]) {
  const { path: cwd } = await createFolder(files)
  const node = ['--conditions=headway-source', '--import', tsx, cli, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const flags = ['generate', '--from', 'src', '--target', 'core', '--out', 'api']

it('ends with 0 when all is well', async () => {
  const said = await headway({ 'src/lib.rs': '#[forge::query] fn ping() {}' }, flags)
  expect(said).toMatchObject({ status: 0, stdout: '' })
  expect(said.stderr).toMatch(
    /^wrote api\/.*\n(wrote .*\n)*done 1 function, 0 types: \d files? in api\n$/,
  )
})

it('ends with 1 when the sources cannot be generated from', async () => {
  const said = await headway({ 'src/lib.rs': '#[forge::query] fn ping(url: Url) {}' }, flags)
  expect(said).toMatchObject({ status: 1, stdout: '' })
  expect(said.stderr).toMatch(
    /^src\/lib\.rs:1:30 {2}error: `Url` is not a type that is known here\n/,
  )
})

it('ends with 2 when it is called wrongly', async () => {
  const said = await headway({}, ['generate', '--tagret', 'core'])
  expect(said).toEqual({
    status: 2,
    stdout: '',
    stderr: "error: unknown option '--tagret'\n(Did you mean --target?)\n",
  })
})
