import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createFolder } from './support/create-headway.ts'

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const tsx = import.meta.resolve('tsx')

/** Runs `create-headway` as a process of its own, which is no terminal. */
function run(cwd: string, args: string[]) {
  const node = ['--conditions=headway-source', '--import', tsx, program, ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { cwd, encoding: 'utf8' })
  return { status, stdout, stderr }
}

it('as a process, without a terminal: creates with --yes, and refuses without answers', async () => {
  const cwd = await createFolder()
  const refused = run(cwd, ['films'])
  expect(refused).toMatchObject({ status: 2, stdout: '' })
  expect(refused.stderr).toContain('There is no terminal to ask in')
  const created = run(cwd, ['films', '--yes', '--no-install'])
  expect(created).toMatchObject({ status: 0, stderr: '' })
  expect(await readdir(cwd)).toEqual(['films'])
})
