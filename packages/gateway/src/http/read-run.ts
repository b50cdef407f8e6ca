import { runNotFound } from '../refusals/runs.ts'
import type { Run } from '../runs/run-store.ts'
import type { HttpContext } from './context.ts'

/**
 * The run of this kind and id. Throws an {@link HttpError} when it does not exist, and has not come
 * after a moment.
 */
export async function readRun(
  { store, late, retentionText }: HttpContext,
  kind: Run['kind'],
  id: string,
): Promise<Run> {
  // PostgreSQL writes ids in lower case.
  const run = (await store.read([id])).get(id.toLowerCase()) ?? (await late.wait(id))
  if (run?.kind === kind) return run
  throw runNotFound(kind, id, retentionText)
}
