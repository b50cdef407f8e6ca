import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import { ConfigurationError } from '../errors.ts'
import type { Branch, Outputs } from './branch.ts'
import { checkStepName, type StepContext, type StepOptions } from './step.ts'

/** What can be said and heard of a running workflow. */
export interface WorkflowContext<TStep extends string = string, TEvents = unknown> {
  /** The run's id, a UUID: the same in every attempt. */
  readonly id: string
  /** 1, and one more each time somebody asked for it again after it had ended. */
  readonly attempt: number
  /** Aborts when somebody asked to cancel the workflow, or when another process has taken it. */
  readonly signal: AbortSignal
  /**
   * Does something once, and remembers what came of it: a workflow that goes on elsewhere, or later, does
   * not do it again. Names are the workflow's own, each good for one call. Rejects with a `StepFailed`.
   */
  step<T>(
    name: TStep,
    run: (context: StepContext) => Promise<T> | T,
    options?: StepOptions<T>,
  ): Promise<T>
  /** The same of a step without which the workflow goes on: `undefined` when it has failed. */
  step<T>(
    name: TStep,
    run: (context: StepContext) => Promise<T> | T,
    options: StepOptions<T> & { optional: true },
  ): Promise<T | undefined>
  /** Does branches side by side, all of them to their end. Rejects with what failed first in their order. */
  parallel<const TBranches extends readonly Branch<TStep>[]>(
    branches: TBranches,
  ): Promise<Outputs<TBranches>>
  /** Waits, in milliseconds: also over restarts. */
  sleep(ms: number): Promise<void>
  /**
   * Waits until the workflow is told of an event, and gives what that carries. One that came before is
   * kept; each ends one wait. Shown as a step where a step has the event's name. Rejects with an
   * `EventTimedOut` after `timeout` milliseconds.
   */
  waitFor<TName extends keyof TEvents & string>(
    event: TName,
    options?: { timeout?: number },
  ): Promise<TEvents[TName]>
  /** Reports how far it is; neither waits nor fails. `null`: nobody can say. */
  progress(percent: number | null, message?: string): void
}

/** What the events of a workflow carry, by their names. */
export type EventSchemas<TEvents> = {
  readonly [TName in keyof TEvents]: StandardSchemaV1<unknown, TEvents[TName]>
}

/** A workflow as it runs: from what clients send to what they get, and in between what `run` takes and returns. */
export interface ServerWorkflow<
  TArgs,
  TReturned,
  TInput = TArgs,
  TOutput = TReturned,
  TEvents = Events,
> extends ResolvedCallRules {
  readonly kind: 'workflow'
  /** In the order in which they are shown. */
  readonly steps: readonly string[]
  readonly input?: StandardSchemaV1<TInput, TArgs>
  readonly output?: StandardSchemaV1<TReturned, TOutput>
  readonly events?: EventSchemas<TEvents>
  // biome-ignore lint/suspicious/noExplicitAny: the names of its steps matter where it is written alone
  run(context: WorkflowContext<any, TEvents>, args: TArgs): Promise<TReturned> | TReturned
}

/** Events that nobody has said anything of. */
export type Events = Record<string, unknown>

/** A workflow whose types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a workflow of any arguments, as its own schemas check them
export type AnyWorkflow = ServerWorkflow<any, any, any, any, any>

/** What `workflow()` takes. */
export interface WorkflowOptions<TStep extends string, TArgs, TReturned, TInput, TOutput, TEvents>
  extends CallRules {
  /** The steps, in the order in which they are shown: all of them from the start. Left out: each is shown once it begins. */
  steps?: readonly TStep[]
  /** Any Standard Schema. Without one the arguments come unchecked. */
  input?: StandardSchemaV1<TInput, TArgs>
  /** Any Standard Schema for what `run` returns; what does not fit fails the workflow. */
  output?: StandardSchemaV1<TReturned, TOutput>
  /** What its events carry, by their names, as Standard Schemas: others are refused. Left out: any event may come, unchecked. */
  events?: EventSchemas<TEvents>
  /** Calls the steps. What it returns must be JSON. What it throws fails the workflow: what was done is undone. */
  run: (
    context: WorkflowContext<NoInfer<TStep>, NoInfer<TEvents>>,
    args: TArgs,
  ) => Promise<TReturned> | TReturned
}

/**
 * Defines a workflow. Throws a {@link ConfigurationError} about what cannot be.
 *
 * @example
 * ```ts
 * const signUp = workflow({
 *   steps: ['create_account', 'send_mail'],
 *   run: async (ctx, { mail }: { mail: string }) => {
 *     const id = await ctx.step('create_account', () => createAccount(mail), { compensate: removeAccount })
 *     await ctx.step('send_mail', ({ key }) => sendMail(mail, key), { retry: { attempts: 5 } })
 *     return { id }
 *   },
 * })
 * ```
 */
export function workflow<
  TArgs,
  TReturned,
  TInput = TArgs,
  TOutput = TReturned,
  TEvents = Events,
  TStep extends string = string,
>(
  options: WorkflowOptions<TStep, TArgs, TReturned, TInput, TOutput, TEvents>,
): ServerWorkflow<
  NoInfer<TArgs>,
  NoInfer<TReturned>,
  NoInfer<TInput>,
  NoInfer<TOutput>,
  NoInfer<TEvents>
> {
  const { steps = [], run } = options
  if (typeof run !== 'function') {
    throw new ConfigurationError(`run is ${run}: give the function that calls the steps`)
  }
  for (const name of steps) checkStepName(name)
  if (new Set(steps).size < steps.length) {
    throw new ConfigurationError(`steps is ${steps.join(', ')}: give each step a name of its own`)
  }
  return { ...options, kind: 'workflow', steps, ...resolveCallRules(options), run }
}
