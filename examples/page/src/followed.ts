import type { JobView, QueryView, RunsView, Store, WorkflowView } from '@headway/core'
import type { ExportRow, ListedExport } from '@headway/example-shared'
import type { Followed, Values } from './catch-up.ts'

/** A job of the page, for the line about catching up. */
export function jobOf(store: Store<JobView<unknown>>): Followed {
  const { jobId, sync, phase, attempt, progress, message, error } = store.getSnapshot()
  return { id: jobId, sync: sync.status, values: { phase, attempt, progress, message, error } }
}

/** A group of the page: how many of its children have ended, and how. */
export function batchOf(store: Store<JobView<unknown>>): Followed {
  const { jobId, sync, phase, children } = store.getSnapshot()
  const { done = null, failed = null, cancelled = null } = children ?? {}
  return { id: jobId, sync: sync.status, values: { phase, done, failed, cancelled } }
}

/** A workflow of the page. */
export function workflowOf(store: Store<WorkflowView<unknown>>): Followed {
  const { workflowId, sync, phase, attempt, steps, error } = store.getSnapshot()
  const statuses = steps.map(({ name, status }) => [name, status])
  const values: Values = { phase, attempt, error, ...Object.fromEntries(statuses) }
  return { id: workflowId, sync: sync.status, values }
}

/** The list of files: a row is there or not. */
export function filesOf(store: Store<QueryView<ListedExport[]>>): Followed {
  const { data, sync } = store.getSnapshot()
  const rows = (data ?? []).map(({ id }) => [nameOf(id), 'shown'])
  return { id: 'files', sync: sync.status, values: Object.fromEntries(rows) }
}

/** The list of exports: each row has a state. It is as current as the least current of them. */
export function exportsOf(store: Store<RunsView<ExportRow>>): Followed {
  const { runs, sync } = store.getSnapshot()
  const running = runs.filter(({ view }) => view.isActive).map(({ view }) => view.sync)
  const behind = [sync, ...running].find(({ status }) => status !== 'live')
  const rows = runs.map(({ id, view }) => [
    nameOf(id),
    view.progress === null ? view.phase : `${view.phase} ${Math.round(view.progress)} %`,
  ])
  return { id: 'exports', sync: (behind ?? sync).status, values: Object.fromEntries(rows) }
}

function nameOf(id: string): string {
  return `row ${id.slice(0, 8)}`
}
