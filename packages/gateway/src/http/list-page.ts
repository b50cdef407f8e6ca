import { parseJson } from '@headway/core/protocol'
import type { Asker } from '../access/principal.ts'
import type { ListedRun, RunList } from '../lists/list-runs.ts'
import { listName } from '../lists/runs-query.ts'
import type { QueryCall } from '../queries/run-query.ts'
import { queryNotFound } from '../refusals/functions.ts'
import type { Run } from '../runs/run-store.ts'
import type { HttpContext } from './context.ts'
import { parseArgs } from './rpc.ts'

/** A page of a list, with the state of each run. */
export interface ListStates {
  runs: { listed: ListedRun; state: Run }[]
  /** The cursor of the next page; `null`: there are no more. */
  next: string | null
}

/**
 * Reads a page. Rejects with an {@link HttpError} about a wrong filter, and when the asker may not
 * read lists.
 *
 * @param run runs the query, and resolves with its result as JSON text
 */
export async function readListPage(
  { guard, store }: HttpContext,
  asker: Asker,
  filter: object,
  run: (query: QueryCall) => Promise<unknown>,
): Promise<ListStates> {
  const found = guard.find(asker, listName)
  if (found.kind !== 'query') throw queryNotFound(listName)
  const { name, definition } = found
  const input = await parseArgs(definition, filter)
  const { principal } = asker
  const text = await run({ name, definition, principal, args: filter, input })
  const { runs, next } = parseJson(String(text)) as RunList
  const states = await store.read(runs.map(({ id }) => id))
  return {
    runs: runs.flatMap((listed) => {
      const state = states.get(listed.id)
      // It may have been removed in between.
      return state ? [{ listed, state }] : []
    }),
    next,
  }
}
