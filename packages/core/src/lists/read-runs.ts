import type { Client } from '../client.ts'
import type { MutationDefinition } from '../definitions/definition.ts'
import { ProtocolError } from '../errors.ts'
import type { AnyRunView } from '../kinds/run-kind.ts'
import { type ListedRun, parseRunsPage, type RunsRequest } from '../protocol/runs-page.ts'
import { toUnwatched } from '../registry/sync-changes.ts'
import type { Call, CallOptions } from '../rpc/call.ts'
import { requestOffered } from '../rpc/offers.ts'
import type { Transport } from '../rpc/transport.ts'
import { createReader } from '../tracking/coding.ts'
import { kindOf } from './list-row.ts'
import {
  capabilityOf,
  createCodings,
  type RowOf,
  type RunsFilter,
  type RunsName,
  toRunsRequest,
} from './runs-filter.ts'

/** One page of a list, as it was when it was read. */
export interface ReadRuns<TRow> {
  /**
   * The newest run first; with a `parent`, in the order of its children. The view of a run that
   * goes on is `stale`: it is not followed.
   */
  runs: readonly ReadRow<TRow>[]
  /** The `cursor` of the next page; `null`: there are no more runs. */
  next: string | null
}

/** A row without its actions. `largeOutput`: its view has no output, since it is over 4 KiB. */
export type ReadRow<TRow> = TRow extends unknown
  ? Omit<TRow, 'cancel' | 'retry'> & { largeOutput: boolean }
  : never

/**
 * Reads one page of a list, without following it. Rejects with `RpcError`: `UNSUPPORTED` if the
 * server has no lists.
 *
 * @param filter the filter of a list, and the `next` of the page before as `cursor`
 * @example
 * ```ts
 * const first = await readRuns(client, { status: 'ended', limit: 100 })
 * const second = await readRuns(client, { status: 'ended', limit: 100, cursor: first.next })
 * ```
 */
export function readRuns<TName extends RunsName = RunsName>(
  client: Pick<Client, 'call'>,
  filter: RunsFilter<TName> & { cursor?: string | null | undefined } = {},
  options: CallOptions = {},
): Promise<ReadRuns<RowOf<TName>>> {
  return client.call(runsPage, filter, options) as Promise<ReadRuns<RowOf<TName>>>
}

type PageFilter = RunsFilter & { cursor?: string | null | undefined }

const call: Call = async (transport, _, args, { signal, timeoutMs, headers } = {}) => {
  const { cursor, ...filter } = args as PageFilter
  const request = { ...toRunsRequest(filter), cursor: cursor ?? undefined }
  const get = { method: 'GET', path: `/runs?${toParams(request)}`, signal, timeoutMs } as const
  const asked = headers ? { ...get, headers } : get
  const { data } = await requestOffered(
    transport,
    capabilityOf(request).capability,
    'list runs',
    asked,
  )
  const page = parseRunsPage(data)
  if (page instanceof ProtocolError) throw page
  const codingOf = createCodings(filter)
  const runs = page.runs.map((run) => {
    const { snapshot, ended, ...names } = run
    const reader = createReader({ name: run.name, coding: codingOf(run) })
    return { ...names, view: reader.decodeView(toView(transport, run, snapshot)) }
  })
  return { runs, next: page.next }
}

const runsPage: MutationDefinition<PageFilter, unknown> = { kind: 'mutation', name: 'runs', call }

/** A member with several values is given several times. */
function toParams(request: RunsRequest): URLSearchParams {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(request)) {
    for (const one of [value].flat()) if (one !== undefined) params.append(name, String(one))
  }
  return params
}

function toView({ options }: Transport, { id, ...run }: ListedRun, payload: unknown): AnyRunView {
  const kind = kindOf(run)
  const snapshot = kind.parse(payload)
  if (snapshot instanceof ProtocolError) throw snapshot
  const now = (): number => options.scheduler.now()
  const answered = { type: 'answered', snapshot, at: now() } as const
  const { view } = kind.reduce(kind.toFold(id, true), answered, options.clock.offsetMs)
  return toUnwatched(kind, view as AnyRunView, now)
}
