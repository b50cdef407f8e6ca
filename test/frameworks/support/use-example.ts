import type { Browser } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { type Application, example, install } from './application.ts'
import { openBrowser } from './browser-page.ts'

/** An example of the repository, installed in a folder of its own, and a browser. */
export interface InstalledExample {
  readonly application: Application
  readonly browser: Browser
}

/** Installs an example, with the packed packages, before all tests of a file. */
export function useExample(name: string, packages: string[]): InstalledExample {
  let application: Application | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await openBrowser()
    application = await install(example(name), packages)
  })
  afterAll(async () => {
    await application?.remove()
    await browser?.close()
  })
  const made = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error(`The example ${name} is not installed yet`)
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
