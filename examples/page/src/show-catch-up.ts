import type { Client, JobView, QueryHandle, Store, WorkflowView } from '@headway/core'
import { type ListedExport, type PageState, queries } from '@headway/example-shared'
import { catchUpText, current, type Followed, reduceCatchUp, type Values } from './catch-up.ts'
import { find } from './find.ts'
import type { PageRuns } from './page-runs.ts'

/** The line that says what the page has caught up with, and how fast. */
export function showCatchUp(
  client: Client,
  page: PageState,
  runs: PageRuns,
  say: (text: string) => void,
): void {
  const line = find('#caught-up')
  const list = client.watch(queries.newest_exports)
  let stopWatching: (() => void) | null = null
  let state = current

  const look = (): void => {
    const before = state
    state = reduceCatchUp(before, {
      at: performance.now(),
      connection: client.connection.getSnapshot().status,
      followed: followedBy(runs, stopWatching ? list : null),
    })
    if (state === before) return
    const { summary, details } = catchUpText(state)
    line.hidden = summary === ''
    find('#caught-up-text').textContent = summary
    find('#caught-up-details').textContent = details
    if (state.status === before.status) return
    if (state.status === 'behind') say('Connection lost')
    if (state.status === 'caught-up') say(summary)
  }
  /** The list is followed while its panels are: otherwise it costs nothing. */
  const followList = (): void => {
    const isShown = page.scenario.getSnapshot() === 'list'
    if (isShown === (stopWatching !== null)) return
    stopWatching?.()
    stopWatching = isShown ? list.subscribe(look) : null
    look()
  }
  for (const store of [client.connection, ...Object.values(runs)]) store.subscribe(look)
  page.scenario.subscribe(followList)
  followList()
}

function followedBy(
  { exported, verified, imported }: PageRuns,
  list: QueryHandle<ListedExport[]> | null,
): Followed[] {
  const followed = [jobOf(exported), jobOf(imported), workflowOf(verified)]
  if (list) followed.push(listOf(list))
  // An idle view has no id.
  return followed.filter(({ id }) => id !== '')
}

function jobOf(store: Store<JobView<unknown>>): Followed {
  const { jobId, sync, phase, attempt, progress, message, error } = store.getSnapshot()
  return { id: jobId, sync: sync.status, values: { phase, attempt, progress, message, error } }
}

function workflowOf(store: Store<WorkflowView<unknown>>): Followed {
  const { workflowId, sync, phase, attempt, steps, error } = store.getSnapshot()
  const statuses = steps.map(({ name, status }) => [name, status])
  const values: Values = { phase, attempt, error, ...Object.fromEntries(statuses) }
  return { id: workflowId, sync: sync.status, values }
}

function listOf(store: QueryHandle<ListedExport[]>): Followed {
  const { data, sync } = store.getSnapshot()
  const rows = (data ?? []).map(({ id }) => [`row ${id.slice(0, 8)}`, 'shown'])
  return { id: 'newest_exports', sync: sync.status, values: Object.fromEntries(rows) }
}
