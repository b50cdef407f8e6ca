import type { Browser } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { type Application, install } from './application.ts'
import { openBrowser } from './browser-page.ts'

/** An application in a folder of its own, and a browser. */
export interface Installed {
  readonly application: Application
  readonly browser: Browser
}

/**
 * Installs an application with packed packages, before all tests of a file.
 *
 * @param from its folder in the repository, such as `examples/next`
 */
export function useApplication(from: string, packages: string[]): Installed {
  let application: Application | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await openBrowser()
    application = await install(from, packages)
  })
  afterAll(async () => {
    await application?.remove()
    await browser?.close()
  })
  const made = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error(`${from} is not installed yet`)
    return value
  }
  return {
    get application() {
      return made(application)
    },
    get browser() {
      return made(browser)
    },
  }
}
