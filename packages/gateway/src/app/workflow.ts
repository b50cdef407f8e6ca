import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import { ConfigurationError } from '../errors.ts'
import type { Branch, Outputs } from './branch.ts'
import type { ProgressReport } from './progress.ts'
import { checkStepName, type StepContext, type StepOptions } from './step.ts'

/** The argument of a workflow's `run`: it does steps, waits, and reports progress. */
export interface WorkflowContext<TStep extends string = string, TEvents = unknown> {
  /** The run's id, a UUID: the same in every attempt. */
  readonly id: string
  /** 1 at first; each retry adds 1. */
  readonly attempt: number
  /**
   * The id of the user who started it, whose workflow it is; `null`: the caller was anonymous.
   * Trust this, and not an id in the arguments, which any client may send.
   */
  readonly owner: string | null
  /** Aborts when a user cancels the workflow, or when another process takes it over. */
  readonly signal: AbortSignal
  /**
   * Does something once and keeps its output: a workflow that continues in another process, or
   * later, does not repeat it. Use each name once per run. Rejects with a `StepFailed`.
   */
  step<T>(
    name: TStep,
    run: (context: StepContext) => Promise<T> | T,
    options?: StepOptions<T>,
  ): Promise<T>
  /** The same for an optional step: resolves with `undefined` when it has failed. */
  step<T>(
    name: TStep,
    run: (context: StepContext) => Promise<T> | T,
    options: StepOptions<T> & { optional: true },
  ): Promise<T | undefined>
  /**
   * Does branches side by side and waits for all of them. Rejects with the first failure in their
   * order.
   */
  parallel<const TBranches extends readonly Branch<TStep>[]>(
    branches: TBranches,
  ): Promise<Outputs<TBranches>>
  /** Waits, in milliseconds: also over restarts. */
  sleep(ms: number): Promise<void>
  /**
   * Waits for an event and resolves with its payload. An event that came earlier was kept; each
   * event ends one wait. If a step has the event's name, the wait is shown as that step. Rejects
   * with an `EventTimedOut` after `timeout` milliseconds.
   */
  waitFor<TName extends keyof TEvents & string>(
    event: TName,
    options?: { timeout?: number },
  ): Promise<TEvents[TName]>
  /** Reports progress; it neither waits nor fails. `null`: the percentage is unknown. */
  progress(percent: number | null, message?: string): void
  /** Reports how much is done. The percentage follows from `done` and `total`. */
  progress(report: ProgressReport): void
}

/** The payloads of a workflow's events, by event name. */
export type EventSchemas<TEvents> = {
  readonly [TName in keyof TEvents]: StandardSchemaV1<unknown, TEvents[TName]>
}

/**
 * A workflow as `workflow()` defines it. `TInput` is sent by clients, `TArgs` is passed to `run`,
 * `TReturned` is returned by `run`, and `TOutput` is sent to clients.
 */
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
  // biome-ignore lint/suspicious/noExplicitAny: only the author sees step names
  run(context: WorkflowContext<any, TEvents>, args: TArgs): Promise<TReturned> | TReturned
}

/** Any events, unchecked. */
export type Events = Record<string, unknown>

/** A workflow whose types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: its own schemas check the arguments
export type AnyWorkflow = ServerWorkflow<any, any, any, any, any>

/** The options of `workflow()`. */
export interface WorkflowOptions<TStep extends string, TArgs, TReturned, TInput, TOutput, TEvents>
  extends CallRules {
  /**
   * The steps in the order in which users see them, all from the start. Default: each step is shown
   * once it begins.
   */
  steps?: readonly TStep[]
  /** Any Standard Schema. Without one, `run` gets unchecked arguments. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * Any Standard Schema for the value that `run` returns; a value that does not fit fails the
   * workflow.
   */
  output?: StandardSchemaV1<TReturned, TOutput>
  /**
   * Standard Schemas for the payloads of events, by name; other events are refused. Default: any
   * event is accepted, unchecked.
   */
  events?: EventSchemas<TEvents>
  /**
   * Calls the steps. The returned value must be JSON. A thrown error fails the workflow, and
   * finished steps are undone.
   */
  run: (
    context: WorkflowContext<NoInfer<TStep>, NoInfer<TEvents>>,
    args: TArgs,
  ) => Promise<TReturned> | TReturned
}

/**
 * Defines a workflow. Throws a {@link ConfigurationError} about a wrong option.
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
