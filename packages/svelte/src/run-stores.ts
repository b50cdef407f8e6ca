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
import { toDefinition } from './to-definition.ts'
import { type Readable, toReadable } from './to-readable.ts'

interface Unsubscribe {
  /** Stops watching. The run goes on. */
  unsubscribe: () => void
}

/** The state of one started job; `loading` until the server has created it. */
export interface JobStore<TOutput>
  extends Readable<JobState<TOutput> & { loading: boolean }>,
    Unsubscribe {}

/** The state of one started workflow; `loading` until the server has created it. */
export interface WorkflowStore<TOutput>
  extends Readable<WorkflowState<TOutput> & { loading: boolean }>,
    Unsubscribe {}

/**
 * Starts a job at once, exactly once, and follows it while the store has subscribers. On a server
 * it starts nothing, and the store shows a loading job.
 *
 * @param job the job's name at the server, or its definition
 * @param codec the translation between `TArgs`, `TOutput` and the wire
 * @example
 * ```ts
 * const job = createJobStore<{ format: string }, ExportResult>('export_users', { format: 'csv' })
 * ```
 */
export function createJobStore<TArgs, TOutput>(
  job: string | JobDefinition<TArgs, TOutput>,
  args: TArgs,
  codec?: Codec<TArgs, TOutput>,
): JobStore<TOutput> {
  const definition = toDefinition(defineJob<unknown, TOutput>, job, codec)
  return startNow(useClient().start(definition, args, lazy))
}

/** Starts a workflow, as {@link createJobStore} starts a job. */
export function createWorkflowStore<TArgs, TOutput>(
  workflow: string | WorkflowDefinition<TArgs, TOutput>,
  args: TArgs,
  codec?: Codec<TArgs, TOutput>,
): WorkflowStore<TOutput> {
  const definition = toDefinition(defineWorkflow<unknown, TOutput>, workflow, codec)
  return startNow(useClient().start(definition, args, lazy))
}

const lazy = { lazy: true }

function startNow<TView>(handle: RunHandle<TView, unknown>): Readable<TView> & Unsubscribe {
  if (!isServer()) void handle.retryStart()
  return Object.assign(toReadable(handle), { unsubscribe: handle.unsubscribe })
}
