import { setTimeout as wait } from 'node:timers/promises'
import type { Run } from '../runs/run-store.ts'
import type { HttpContext } from './context.ts'

/** The waits for the run of a job that was added a moment ago, in milliseconds. */
const waitsMs = [25, 50, 100, 200, 400, 800]

/**
 * Reads runs. A page may know a job of an observed queue before the gateway has read its queue, so
 * a run that may be one of those is waited for.
 */
export async function findRuns(
  { store, options }: Pick<HttpContext, 'store' | 'options'>,
  ids: readonly string[],
): Promise<Run[]> {
  const found = await store.read(ids)
  if (options.observe.length === 0) return found
  for (const waitMs of waitsMs) {
    const known = new Set(found.map(({ id }) => id))
    const missing = ids.filter((id) => !known.has(id) && isNameBased(id))
    if (missing.length === 0) break
    await wait(waitMs)
    found.push(...(await store.read(missing)))
  }
  return found
}

/** [RFC 9562, 5.5] The digit of its version; `runIdOf()` makes such ids. */
function isNameBased(id: string): boolean {
  return id.charAt(14) === '5'
}
