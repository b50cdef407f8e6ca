import type { Jobs, Workflows } from './api.ts'
import type { ServerJob } from './job.ts'
import type { LabelOptions } from './label-options.ts'
import type { ServerWorkflow } from './workflow.ts'

/** How your own code starts a job or a workflow. */
export interface StartOptions extends LabelOptions {
  /**
   * The id of the user whose run it is, as tokens name the user. Default: nobody's, and everyone
   * who knows the run's id may follow and cancel it.
   */
  owner?: string | null
  /**
   * Starts with the same key, for the same owner and function, are one run, such as those of a
   * webhook that is delivered twice. A start of that owner's client under this key is the same,
   * too.
   */
  key?: string
  /**
   * The time before the job may be taken, in milliseconds, in place of the definition's. A workflow
   * takes none: it can `ctx.sleep()`.
   */
  delayMs?: number
}

/** The arguments of a start after the definition, or its name. */
export type StartArguments<TArgs> = undefined extends TArgs
  ? [args?: TArgs, options?: StartOptions]
  : [args: TArgs, options?: StartOptions]

/** The arguments that the job or workflow of this name takes. */
export type ArgumentsOf<
  TJobs extends Jobs,
  TWorkflows extends Workflows,
  TName extends keyof TJobs | keyof TWorkflows,
> = TName extends keyof TJobs
  ? // biome-ignore lint/suspicious/noExplicitAny: a start depends on the arguments alone
    TJobs[TName] extends ServerJob<any, any, infer TArgs, any>
    ? TArgs
    : never
  : TName extends keyof TWorkflows
    ? // biome-ignore lint/suspicious/noExplicitAny: as above
      TWorkflows[TName] extends ServerWorkflow<any, any, infer TArgs, any, any>
      ? TArgs
      : never
    : never
