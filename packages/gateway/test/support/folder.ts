import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new folder below the system's, which PostgreSQL's own user may pass through when the tests run as root. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headway-'))
  await chmod(folder, 0o711)
  return folder
}
