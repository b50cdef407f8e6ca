import type { AnyRunView, RunKind } from '../kinds/run-kind.ts'
import type { Named } from './coding.ts'
import type { RunOptions } from './handle.ts'
import type { Start } from './start.ts'

/** The definition of a job or a workflow, as its handles use it. */
export interface RunDefinition extends Named {
  readonly run: RunKind
}

/** One run to track. */
export interface RunPlan {
  definition: RunDefinition
  /** The id of a run that exists. */
  id?: string | undefined
  /** Starts a run. */
  start?: Start
  options: RunOptions<AnyRunView, unknown>
}
