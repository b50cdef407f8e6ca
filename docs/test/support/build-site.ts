import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Builds the site once, as `npm run docs:build` does. A link that leads nowhere fails it. */
export default async function buildSite(): Promise<void> {
  const cwd = fileURLToPath(new URL('../../..', import.meta.url))
  const npm = spawn('npm', ['run', '--silent', 'docs:build'], { cwd, stdio: 'pipe' })
  let output = ''
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const [code] = await once(npm, 'close')
  if (code !== 0) throw new Error(`npm run docs:build ended with ${code}:\n${output}`)
}
