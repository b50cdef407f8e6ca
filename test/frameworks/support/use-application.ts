import type { Browser } from 'playwright'
import { afterAll, beforeAll } from 'vitest'
import { type Application, install } from './application.ts'
import { openBrowser } from './browser-page.ts'
import { type HeldJob, holdJob } from './held-job.ts'

/** An application in a folder of its own, its job, and a browser. */
export interface Installed {
  readonly application: Application
  readonly job: HeldJob
  readonly browser: Browser
}

/**
 * Installs an application with packed packages, before all tests of a file.
 *
 * @param from its folder in the repository, such as `examples/next`
 * @param server its file with the job
 */
export function useApplication(from: string, server: string, packages: string[]): Installed {
  let application: Application | undefined
  let job: HeldJob | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await openBrowser()
    application = await install(from, packages)
    job = await holdJob(application, server)
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
    get job() {
      return made(job)
    },
    get browser() {
      return made(browser)
    },
  }
}
