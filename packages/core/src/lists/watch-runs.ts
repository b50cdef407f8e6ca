import type { Client } from '../client.ts'
import type { QueryDefinition } from '../definitions/definition.ts'
import { runsQuery } from '../protocol/runs-page.ts'
import { callWithJson } from '../rpc/call.ts'
import type { QueryHandle } from '../tracking/watch.ts'
import type { RowOf, RunsFilter, RunsName } from './runs-filter.ts'
import { type RunsHandle, WatchedRuns } from './watched-runs.ts'

/**
 * A live list of runs, the newest first, or of the children of a run. Needs the server's capability
 * `lists`. It is live while it has subscribers. Watchers of equal filters share one registration,
 * and share each run with all other handles of it.
 *
 * @example
 * ```ts
 * const exports = watchRuns(client, { name: exportUsers, status: 'active', limit: 50 })
 * exports.state$.subscribe(({ runs }) => {
 *   for (const { title, view } of runs) console.log(title, view.progress)
 * })
 * ```
 */
export function watchRuns<TName extends RunsName = RunsName>(
  client: Pick<Client, 'watch'>,
  filter: RunsFilter<TName> = {},
): RunsHandle<RowOf<TName>> {
  // The client gives a definition what handles are made of.
  return client.watch(runsList, filter) as unknown as RunsHandle<RowOf<TName>>
}

const runsList: QueryDefinition<RunsFilter, unknown> = {
  kind: 'query',
  name: runsQuery,
  call: callWithJson,
  watch: (tracking, _, filter) =>
    new WatchedRuns(tracking, filter ?? {}) as unknown as QueryHandle<unknown>,
}
