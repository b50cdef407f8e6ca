import type { HttpContext } from './http/context.ts'
import { parseArgs } from './http/rpc.ts'
import type { ListedRun, RunList } from './lists/list-runs.ts'
import { listName } from './lists/runs-query.ts'
import { queryNotFound } from './refusals/functions.ts'
import { type RunSnapshot, toSnapshot } from './runs/snapshot.ts'

/** The runs that your own code wants to see. */
export interface ListOptions {
  kind?: 'job' | 'workflow'
  /** The name of a job or a workflow, or several. */
  name?: string | readonly string[]
  /** A status or several; `active` and `ended` are all that are not terminal, and all that are. */
  status?: string | readonly string[]
  tag?: string
  /** The id of a user. Default: everybody's runs. */
  owner?: string
  /** The number of runs of a page, 1 to 200. Default 20. */
  limit?: number
  /** The `next` of the page before. */
  cursor?: string | null
}

/** One page of runs, the newest first. */
export interface ListPage {
  /** Outputs of more than 4 KiB are `null` here, with `largeOutput`: `get` reads them. */
  runs: (ListedRun & { snapshot: RunSnapshot; largeOutput: boolean })[]
  /** The `cursor` of the next page; `null`: there are no more. */
  next: string | null
}

/** Your own code may see every run. */
const everyone = { id: '', roles: ['admin'], expiresAt: Number.MAX_SAFE_INTEGER }

/** Reads one page. Rejects with an {@link HttpError} about a wrong option. */
export async function readPage(
  { guard, runQuery, store }: HttpContext,
  options: ListOptions,
): Promise<ListPage> {
  const found = guard.find({ principal: everyone, ip: '' }, listName)
  if (found.kind !== 'query') throw queryNotFound(listName)
  const { definition } = found
  const args = { ...options, ...(options.owner === undefined && { anyOwner: true }) }
  const input = await parseArgs(definition, args)
  const call = { name: listName, definition, principal: everyone, args, input }
  const { answer } = await runQuery(call, false)
  const { runs, next } = JSON.parse(String(answer)) as RunList
  const states = await store.read(runs.map(({ id }) => id))
  return {
    runs: runs.flatMap((run) => {
      const state = states.get(run.id)
      // It may have been removed in between.
      if (!state) return []
      return [{ ...run, snapshot: toSnapshot(state), largeOutput: state.isLarge === true }]
    }),
    next,
  }
}
