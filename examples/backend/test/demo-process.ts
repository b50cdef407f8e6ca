import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Running, run as runIn } from '@headway/test-kit/processes/run'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** A new folder for a demo's data. PostgreSQL runs as another user under root, and may enter it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headway-demo-'))
  await chmod(folder, 0o711)
  return folder
}

/** Runs a command in the root of the repository. */
export function run(command: string[], env: Record<string, string>): Running {
  return runIn(command, root, env)
}

/**
 * Starts the demo as the README says, on a free port. Resolves when it has printed its address.
 *
 * @param data the folder for its data; default: the demo's own
 */
export async function startDemo(data?: string): Promise<Running & { url: string }> {
  const env = { PORT: '0', HEADWAY_PACE_MS: '80', ...(data && { HEADWAY_DATA: data }) }
  const demo = run(['npm', 'run', 'demo'], env)
  try {
    const [url] = await demo.until(/http:\/\/localhost:\d+/)
    return { ...demo, url }
  } catch (error) {
    // Processes of the demo may outlive npm.
    await demo.stop()
    throw error
  }
}
