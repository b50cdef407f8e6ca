import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Application } from './application.ts'

/** The rows after which the job of an example waits. */
export const heldRows = 30

/** The job of an application, which goes on until the test releases it. */
export interface HeldJob {
  /** The next job will wait, too. */
  hold(): Promise<void>
  /** The job ends soon, and so does each one after it. */
  release(): Promise<void>
}

/**
 * Changes the job of an example as {@link holdRows} does. A worker that is killed gives its job
 * away within seconds.
 *
 * @param server the file of the job
 */
export async function holdJob(application: Application, server: string): Promise<HeldJob> {
  const job = await holdRows(application, server)
  await application.edit(server, 'bullmq()', 'bullmq({ lockMs: 6_000, stalledIntervalMs: 3_000 })')
  return job
}

/**
 * Changes a job that counts rows: after some of them it waits for the test, however slow the
 * machine is.
 *
 * @param path the file of the job
 */
export async function holdRows(application: Application, path: string): Promise<HeldJob> {
  const go = join(application.folder, 'go')
  const mayGo = `process.getBuiltinModule('node:fs').existsSync(${JSON.stringify(go)})`
  await application.edit(path, 'row++', `row += row < ${heldRows} ? 1 : ${mayGo} ? 10 : 0`)
  return {
    hold: () => rm(go, { force: true }),
    release: () => writeFile(go, ''),
  }
}
