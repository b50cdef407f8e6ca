import { main } from '../../src/cli/command-line.ts'
import type { Folder } from './folder.ts'

export const server = {
  'back/src/lib.rs':
    '#[forge::job]\npub fn export_users(ctx: &JobContext, format: String) -> Result<u32> {}\n',
}
export const flags = ['--from', 'back/src', '--target', 'svelte', '--out', 'front']

/** Runs `headway` in a folder: its exit code, and what it said. */
export async function headway(
  folder: Folder,
  args: string[],
  around: { isTTY?: boolean; env?: object } = {},
) {
  const said = { stdout: '', stderr: '' }
  const stream = (name: keyof typeof said) => ({
    isTTY: around.isTTY === true,
    write(text: string) {
      said[name] += text
    },
  })
  const code = await main(args, {
    cwd: folder.path,
    env: { ...around.env },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  })
  return { code, ...said }
}
