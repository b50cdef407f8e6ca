import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import * as v from 'valibot'
import { DemoError } from './demo-error.ts'
import { dataFolder, demoFile } from './places.ts'

const schema = v.object({ pid: v.number(), url: v.string() })

/** Rejects if a demo already runs: two cannot share one database folder. */
export async function refuseSecondDemo(): Promise<void> {
  const text = await readFile(demoFile, 'utf8').catch(() => null)
  const known = text === null ? null : v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text)
  if (!known?.success) return
  const { pid, url } = known.output
  if (!isAlive(pid) || !(await answers(url))) return
  throw new DemoError(
    `The demo already runs at ${url}: open it, or stop it first with Ctrl-C there`,
  )
}

/**
 * Writes the demo's address and process id, for `demo:terminal` and for {@link refuseSecondDemo}.
 */
export async function writeDemoFile(url: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true })
  await writeFile(demoFile, JSON.stringify({ pid: process.pid, url }))
}

/** Removes the file that {@link writeDemoFile} wrote. */
export async function removeDemoFile(): Promise<void> {
  await rm(demoFile, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_api/health`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
