import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { main, type Surroundings } from '../../src/command-line.ts'

/** Makes an empty folder, and removes it when the test is over. */
export async function createFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'create-headway-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return path
}

/** Runs `create-headway` in a folder: its exit code, what it said, and what it installed. */
export async function createHeadway(
  cwd: string,
  args: string[],
  around: Partial<Surroundings> = {},
) {
  const said = { stdout: '', stderr: '' }
  const installed: string[] = []
  const stream = (name: keyof typeof said) => ({
    write(text: string) {
      said[name] += text
    },
  })
  const code = await main(args, {
    cwd,
    env: {},
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    asker: null,
    install: async (manager, folder) => {
      installed.push(`${manager} in ${folder.slice(cwd.length + 1)}`)
      return 0
    },
    ...around,
  })
  return { code, ...said, installed }
}
