import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const manifest = fileURLToPath(new URL('../../forge-app/Cargo.toml', import.meta.url))

/**
 * Finds the archive with Forge's templates, or says why there is none. Cargo downloads the crate
 * that contains it.
 */
export async function findTemplates(): Promise<{ archive: string } | { missing: string }> {
  const args = ['metadata', '--format-version', '1', '--manifest-path', manifest]
  let answer: string
  try {
    answer = (await run('cargo', args, { maxBuffer: 100_000_000 })).stdout
  } catch (error) {
    return { missing: `cargo metadata failed: ${String(error)}` }
  }
  const { packages }: { packages: { name: string; manifest_path: string }[] } = JSON.parse(answer)
  const forge = packages.find(({ name }) => name === 'forgex')
  if (!forge) return { missing: `${manifest} does not depend on forgex` }
  const archive = join(dirname(forge.manifest_path), 'generated', 'examples.tar')
  return existsSync(archive) ? { archive } : { missing: `There is no ${archive}` }
}
