import {
  type Codec,
  defineJob,
  defineWorkflow,
  type JobDefinition,
  type JobState,
  type RunHandle,
  type WorkflowDefinition,
  type WorkflowState,
} from '@headway/core'
import { isServer } from '@headway/core/adapter'
import { useClient } from './client-context.ts'
import { toCoded } from './coded.ts'
import { type Readable, toReadable } from './to-readable.ts'

interface Unsubscribe {
  /** Stops watching. The run goes on. */
  unsubscribe: () => void
}

/** One started job: its state at once, then each change; `loading` until the server has created it. */
export interface JobStore<TOutput>
  extends Readable<JobState<TOutput> & { loading: boolean }>,
    Unsubscribe {}

/** One started workflow. */
export interface WorkflowStore<TOutput>
  extends Readable<WorkflowState<TOutput> & { loading: boolean }>,
    Unsubscribe {}

/**
 * Starts a job, once and now, and follows it while somebody subscribes. On a server it starts nothing and
 * shows a job that loads.
 *
 * @param name the job's name at the server
 * @param codec the translation between `TArgs`, `TOutput` and the wire
 * @example
 * ```ts
 * const job = createJobStore<{ format: string }, ExportResult>('export_users', { format: 'csv' })
 * ```
 */
export function createJobStore<TArgs, TOutput>(
  name: string,
  args: TArgs,
  codec?: Codec<TArgs, TOutput>,
): JobStore<TOutput> {
  return startNow(
    useClient().start(toCoded<JobDefinition<unknown, TOutput>>(defineJob(name), codec), args, lazy),
  )
}

/** Starts a workflow, once and now, and follows it while somebody subscribes. On a server it starts nothing. */
export function createWorkflowStore<TArgs, TOutput>(
  name: string,
  args: TArgs,
  codec?: Codec<TArgs, TOutput>,
): WorkflowStore<TOutput> {
  return startNow(
    useClient().start(
      toCoded<WorkflowDefinition<unknown, TOutput>>(defineWorkflow(name), codec),
      args,
      lazy,
    ),
  )
}

const lazy = { lazy: true }

function startNow<TView>(handle: RunHandle<TView, unknown>): Readable<TView> & Unsubscribe {
  if (!isServer()) void handle.retryStart()
  return Object.assign(toReadable(handle), { unsubscribe: handle.unsubscribe })
}
