import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { appFolder } from './app-sources.ts'

/**
 * All apps are built in one place and in one way, so that Forge itself is compiled once for all of
 * them.
 */
const shared = {
  CARGO_TARGET_DIR: join(appFolder, 'target'),
  CARGO_PROFILE_DEV_DEBUG: '0',
  CARGO_PROFILE_DEV_INCREMENTAL: 'false',
}

/**
 * Builds an app where that is needed, and gives the path of its program. Heeds `CARGO_TARGET_DIR`.
 * Rejects where there is no cargo, and with what the compiler says where it does not compile.
 */
export async function buildApp(folder: string): Promise<string> {
  const cargo = spawn('cargo', ['build', '--locked', '--message-format=json-render-diagnostics'], {
    cwd: folder,
    env: { ...shared, ...process.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  cargo.stderr.on('data', (text) => said.push(String(text)))
  let program: string | null = null
  const read = (async () => {
    for await (const line of createInterface(cargo.stdout)) program = executableOf(line) ?? program
  })()
  const [code] = await once(cargo, 'close').catch((error: unknown) => {
    throw new Error(
      'cargo cannot be started: the Forge tests build a Rust server, so install Rust (1.92 or later)',
      { cause: error },
    )
  })
  await read
  if (code === 0 && program !== null) return program
  throw new Error(`cargo build ended with ${code} in ${folder}:\n${said.join('')}`)
}

/** The program that a line from cargo says was linked; `null` for other lines. */
function executableOf(line: string): string | null {
  const message: unknown = JSON.parse(line)
  if (typeof message !== 'object' || message === null || !('executable' in message)) return null
  return typeof message.executable === 'string' ? message.executable : null
}
