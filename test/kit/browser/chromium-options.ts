import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ownFolder } from './own-folder.ts'

/** The part of Playwright's `LaunchOptions` that starts Chromium. */
export interface ChromiumOptions {
  executablePath?: string
  channel?: string
  args?: string[]
  env?: Record<string, string>
}

/**
 * The options that launch a real Chromium: the one at `CHROMIUM_PATH`, else on Linux the one that
 * npm
 * installed, else the Chrome of the machine.
 */
export async function chromiumOptions(): Promise<ChromiumOptions> {
  const path = process.env.CHROMIUM_PATH
  if (path && !existsSync(path)) {
    throw new Error(`CHROMIUM_PATH is ${path}, which does not exist: correct or unset it`)
  }
  if (path) return { executablePath: path }
  if (process.platform !== 'linux') return { channel: 'chrome' }
  const folder = await ownFolder(`headway-chromium-${await bundledVersion()}`, unpack)
  const executablePath = join(folder, 'chromium')
  if (!existsSync(executablePath)) throw new Error(`${folder} is incomplete: remove it`)
  // A bare machine lacks these libraries.
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH]
  return {
    executablePath,
    args: ['--no-sandbox', '--headless=shell', '--disable-gpu'],
    env: {
      ...definedOnly(process.env),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(':'),
    },
  }
}

/**
 * Unpacks the npm package. It writes below `TMPDIR`, under names that are the same for every user:
 * so `TMPDIR` is `fresh`.
 */
async function unpack(fresh: string, folder: string): Promise<void> {
  const before = { ...process.env }
  try {
    // The package reads it when it is imported, and then unpacks those libraries too.
    process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
    process.env.TMPDIR = fresh
    const { default: bundled } = await import('@sparticuz/chromium')
    await bundled.executablePath()
  } finally {
    for (const name of ['AWS_EXECUTION_ENV', 'TMPDIR', 'FONTCONFIG_PATH', 'LD_LIBRARY_PATH']) {
      const value = before[name]
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
  const fonts = join(fresh, 'fonts', 'fonts.conf')
  const text = await readFile(fonts, 'utf8')
  await writeFile(fonts, text.replaceAll('/tmp/fonts', join(folder, 'fonts')))
}

async function bundledVersion(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  // The entry is a file such as build/cjs/index.cjs.
  const text = await readFile(join(dirname(entry), '../../package.json'), 'utf8')
  const found: unknown = JSON.parse(text)
  return isVersioned(found) ? found.version : 'unknown'
}

function isVersioned(value: unknown): value is { version: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'version' in value &&
    typeof value.version === 'string'
  )
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
