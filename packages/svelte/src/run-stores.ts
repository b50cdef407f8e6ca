import type { JobState, WorkflowState } from '@headway/core'
import { createRuns, isServer } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { type Readable, toReadable } from './to-readable.ts'

/** A started run, as a Svelte store. */
export interface RunStore<TState> extends Readable<TState & { loading: boolean }> {
  /** Stops watching. The run goes on. */
  unsubscribe: () => void
}

/** One started job: its state at once, then each change; `loading` until the server has created it. */
export interface JobStore<TOutput> extends RunStore<JobState<TOutput>> {}

/** One started workflow. */
export interface WorkflowStore<TOutput> extends RunStore<WorkflowState<TOutput>> {}

/**
 * Starts a job, once and now, and follows it while somebody subscribes. On a server it starts nothing and
 * shows a job that loads.
 *
 * @example
 * ```ts
 * const job = createJobStore<{ format: string }, ExportResult>('export_users', { format: 'csv' })
 * ```
 */
export function createJobStore<TArgs, TOutput>(name: string, args: TArgs): JobStore<TOutput> {
  return startRun('job', name, args) as JobStore<TOutput>
}

/** Starts a workflow, once and now, and follows it while somebody subscribes. On a server it starts nothing. */
export function createWorkflowStore<TArgs, TOutput>(
  name: string,
  args: TArgs,
): WorkflowStore<TOutput> {
  return startRun('workflow', name, args) as WorkflowStore<TOutput>
}

function startRun(kind: 'job' | 'workflow', name: string, args: unknown): RunStore<unknown> {
  const handle = createRuns(useClient(), kind, name, () => ({})).prepare(args)
  if (!isServer()) void handle.retryStart()
  return Object.assign(toReadable(handle), { unsubscribe: handle.unsubscribe })
}
