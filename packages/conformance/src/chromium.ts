import { existsSync } from 'node:fs'

/** How to launch a browser: what is used of Playwright's `LaunchOptions`. */
export interface ChromiumOptions {
  executablePath?: string
  channel?: string
  args?: string[]
  env?: Record<string, string>
}

/**
 * A real Chromium: the one of `CHROMIUM_PATH`, else on Linux the one that npm brought, else the
 * Chrome that is installed.
 */
export async function chromiumOptions(): Promise<ChromiumOptions> {
  const path = process.env.CHROMIUM_PATH
  if (path && !existsSync(path)) {
    throw new Error(`CHROMIUM_PATH is ${path}, which does not exist: correct or unset it`)
  }
  if (path) return { executablePath: path }
  if (process.platform !== 'linux') return { channel: 'chrome' }
  // Set before the import: the package then unpacks the libraries a bare machine lacks.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x'
  const { default: bundled } = await import('@sparticuz/chromium')
  return {
    executablePath: await bundled.executablePath(),
    args: ['--no-sandbox', '--headless=shell', '--disable-gpu'],
    env: definedOnly(process.env),
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}
