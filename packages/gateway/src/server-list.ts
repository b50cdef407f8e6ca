import type { HttpContext } from './http/context.ts'
import { readListPage } from './http/list-page.ts'
import type { ListedRun } from './lists/list-runs.ts'
import type { QueryCall } from './queries/run-query.ts'
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
  /** The id of a run: its children, in their order. Default: runs that are nobody's child. */
  parent?: string
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
export async function readPage(context: HttpContext, options: ListOptions): Promise<ListPage> {
  const asker = { principal: everyone, ip: '' }
  const isOfAnybody = options.owner === undefined && options.parent === undefined
  const filter = { ...options, ...(isOfAnybody && { anyOwner: true }) }
  const run = async (query: QueryCall) => (await context.runQuery(query, false)).answer
  const { runs, next } = await readListPage(context, asker, filter, run)
  return {
    runs: runs.map(({ listed, state }) => ({
      ...listed,
      snapshot: toSnapshot(state),
      largeOutput: state.isLarge === true,
    })),
    next,
  }
}
