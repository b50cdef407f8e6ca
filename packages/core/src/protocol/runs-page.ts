import { ProtocolError } from '../errors.ts'
import { isRecord } from './json.ts'

/** The query whose result is the runs of a list. @see PROTOCOL.md, "Lists" */
export const runsQuery = 'headway.runs'

/** The most runs of one page, and of one live list. */
export const maxListedRuns = 200

/** The number of runs in a list whose filter does not say it. */
export const defaultListedRuns = 20

/** The filter of a list. A member that is absent leaves out no run. */
export interface RunsRequest {
  kind?: 'job' | 'workflow' | undefined
  name?: string | readonly string[] | undefined
  /** Also `active`, for all statuses that are not terminal, and `ended`, for all that are. */
  status?: string | readonly string[] | undefined
  tag?: string | undefined
  owner?: string | undefined
  anyOwner?: boolean | undefined
  /** The id of a run: its children, in their order. */
  parent?: string | undefined
  limit?: number | undefined
  /** The `next` of the page before. */
  cursor?: string | undefined
}

/** One run of a list, without its state. The members after `id` may change. */
export interface ListedRun {
  kind: 'job' | 'workflow'
  id: string
  name: string
  title: string | null
  tags: readonly string[]
  owner: string | null
  /** True once it has ended, until a retry. */
  ended: boolean
  /** The state of the run. Only in the answer of `GET /_api/runs`. */
  snapshot?: unknown
  /** The output is missing in `snapshot`, since it is large. */
  largeOutput?: boolean
}

/** A page of a list, the newest run first. */
export interface RunsPage {
  runs: readonly ListedRun[]
  /** The `cursor` of the next page; `null`: there are no more runs. */
  next: string | null
}

/**
 * Reads a page. Leaves out runs of kinds that this version does not know. Returns the error instead
 * of throwing it.
 */
export function parseRunsPage(data: unknown): RunsPage | ProtocolError {
  if (!isRecord(data) || !Array.isArray(data.runs)) {
    return new ProtocolError(`A list of runs has no "runs": ${JSON.stringify(data)}`)
  }
  const { next } = data
  return {
    runs: data.runs.filter(isRecord).flatMap(parseRun),
    next: typeof next === 'string' ? next : null,
  }
}

function parseRun(run: Record<string, unknown>): ListedRun[] {
  const { kind, id, name, title, tags, owner, ended, snapshot, large_output } = run
  const isKnown = kind === 'job' || kind === 'workflow'
  if (!isKnown || typeof id !== 'string' || typeof name !== 'string') return []
  return [
    {
      kind,
      id,
      name,
      title: typeof title === 'string' ? title : null,
      tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
      owner: typeof owner === 'string' ? owner : null,
      ended: ended === true,
      snapshot,
      largeOutput: large_output === true,
    },
  ]
}
