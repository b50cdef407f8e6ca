import type { AnyJob } from '../app/job.ts'
import { placeOf } from '../app/queue-job.ts'
import type { AnyWorkflow } from '../app/workflow.ts'
import { toFirstTask, toTaskOptions } from '../runs/hand-over.ts'
import type { PendingTask } from '../runs/hand-over-store.ts'
import type { Labels } from '../runs/labels.ts'
import type { Recorder } from '../runs/recorder.ts'
import type { WorkflowRecorder } from './workflow-recorder.ts'

/** What is started. */
export type StartedDefinition =
  | { kind: 'job'; definition: AnyJob }
  | { kind: 'workflow'; definition: AnyWorkflow }

/** A start, with its arguments checked. */
export interface NewStart {
  /** The run's id; for a job of another program's queue, the id of that job. */
  id: string
  name: string
  /** The principal's id; `null` for an anonymous caller. */
  owner: string | null
  idempotencyKey: string | null
  args: unknown
  /** Default: none. */
  labels?: Labels
  /** The time before the job may be taken, in place of the definition's. */
  delayMs?: number | undefined
}

/** The parts that record starts: on a pool, or within a transaction. */
export interface StartRecorders {
  recorder: Pick<Recorder, 'start'>
  workflowRecorder: Pick<WorkflowRecorder, 'start'>
  options: {
    engine: { name: string; queue: string }
    workflowEngine?: { name: string }
  }
}

/**
 * Records a start, unless it is a repetition. Resolves with the run's id, and the task to hand to
 * its engine once the start is committed. `null`: there is none, or a worker has it.
 */
export async function recordStart(
  { recorder, workflowRecorder, options }: StartRecorders,
  { kind, definition }: StartedDefinition,
  { delayMs, ...run }: NewStart,
): Promise<{ id: string; task: PendingTask | null }> {
  if (kind === 'workflow') {
    const engine = options.workflowEngine?.name ?? 'none'
    // The row is all it takes: workers take it from there.
    await workflowRecorder.start({ ...run, engine, steps: definition.steps, parent: null })
    return { id: run.id, task: null }
  }
  const taskOptions = toTaskOptions(definition)
  const started = {
    ...run,
    ...placeOf(definition, run.id, options.engine),
    options: { ...taskOptions, delayMs: delayMs ?? taskOptions.delayMs },
  }
  const isWaiting = await recorder.start(started)
  return { id: started.id, task: isWaiting ? toFirstTask(started) : null }
}
