import type { StepContext, StepOptions } from './step.ts'

/** A branch of `ctx.parallel`: exactly one step, or a whole workflow. */
export type Branch<TStep extends string = string> =
  // biome-ignore lint/suspicious/noExplicitAny: what it gives is inferred from each branch alone
  StepBranch<TStep, any> | ChildBranch<TStep, any>

/** A step as a branch. */
export interface StepBranch<TStep extends string, T> {
  readonly type: 'step'
  readonly name: TStep
  readonly run: (context: StepContext) => Promise<T> | T
  readonly options: StepOptions<T> & { optional?: boolean }
}

/** A workflow as a branch: a run of its own, shown as a step of its parent. */
export interface ChildBranch<TStep extends string, T> {
  readonly type: 'child'
  readonly name: TStep
  /** One of the worker's own. */
  readonly workflow: { readonly kind: 'workflow'; readonly steps: readonly string[] }
  /** They fit: that was checked where the branch was made. */
  readonly args: unknown
  readonly compensate?: (output: T, context: StepContext) => unknown
  /** Only for the compiler; never there at run time. */
  readonly [output]?: T
}

declare const output: unique symbol

/** The outputs of all branches, in their order. */
export type Outputs<TBranches extends readonly Branch[]> = {
  -readonly [TIndex in keyof TBranches]: TBranches[TIndex] extends StepBranch<string, infer T>
    ? T
    : TBranches[TIndex] extends ChildBranch<string, infer T>
      ? T
      : never
}

/** A step as a branch: it runs side by side with the other branches. */
export function step<TStep extends string, T>(
  name: TStep,
  run: (context: StepContext) => Promise<T> | T,
  options?: StepOptions<T>,
): StepBranch<TStep, T>
/** An optional step as a branch: its output is `undefined` when it has failed. */
export function step<TStep extends string, T>(
  name: TStep,
  run: (context: StepContext) => Promise<T> | T,
  options: StepOptions<T> & { optional: true },
): StepBranch<TStep, T | undefined>
export function step<TStep extends string, T>(
  name: TStep,
  run: (context: StepContext) => Promise<T> | T,
  options: StepOptions<T> & { optional?: boolean } = {},
): StepBranch<TStep, T | undefined> {
  return { type: 'step', name, run, options: options as StepOptions<T | undefined> }
}
