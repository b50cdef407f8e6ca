import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Builds the demo, so that its tests run it as a user would. */
export default async function build(): Promise<void> {
  const cwd = fileURLToPath(new URL('../../..', import.meta.url))
  const args = ['turbo', 'run', 'build', '--output-logs=errors-only']
  const turbo = spawn('npx', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(turbo, 'exit')
  if (code !== 0) throw new Error(`npx ${args.join(' ')} ended with ${code}`)
}
