import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dataFolder =
  process.env.HEADWAY_DATA ?? fileURLToPath(new URL('../../backend/.data', import.meta.url))

/** Where the demo is: as asked, else where the one that runs here says it is, else at its usual port. */
export async function findDemo(asked: string | null): Promise<string> {
  if (asked !== null) return asked.replace(/\/+$/, '')
  const text = await readFile(join(dataFolder, 'demo.json'), 'utf8').catch(() => '{}')
  const { url = 'http://localhost:4400' }: { url?: string } = JSON.parse(text)
  return url
}

/** Whether a demo answers there. */
export function isThere(url: string): Promise<boolean> {
  return fetch(`${url}/_api/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
