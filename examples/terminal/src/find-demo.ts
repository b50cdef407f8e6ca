import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dataFolder =
  process.env.HEADWAY_DATA ?? fileURLToPath(new URL('../../backend/.data', import.meta.url))

/** The demo's address: `asked`, or the one that a running demo has written, or the default port. */
export async function findDemo(asked: string | null): Promise<string> {
  if (asked !== null) return asked.replace(/\/+$/, '')
  const text = await readFile(join(dataFolder, 'demo.json'), 'utf8').catch(() => '{}')
  const { url = 'http://localhost:4400' }: { url?: string } = JSON.parse(text)
  return url
}

/** True if a demo answers at this address. */
export function isThere(url: string): Promise<boolean> {
  return fetch(`${url}/_api/health`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  )
}
