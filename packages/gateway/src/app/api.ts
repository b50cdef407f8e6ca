import type { AnyJob, JobDefinition } from './job.ts'
import type { AnyWorkflow, WorkflowDefinition } from './workflow.ts'

/** Jobs by the name that clients start them under. */
export type Jobs = Readonly<Record<string, AnyJob>>

/** Workflows by the name that clients start them under. */
export type Workflows = Readonly<Record<string, AnyWorkflow>>

/**
 * What clients can ask a gateway for: names, arguments and outputs, for the compiler alone.
 *
 * @example
 * ```ts
 * export type Api = typeof gateway.api // at the server
 * const client = createClient<Api>({ url }) // in the browser
 * ```
 */
export interface ApiOf<TJobs extends Jobs, TWorkflows extends Workflows> {
  jobs: { [TName in keyof TJobs]: SignatureOf<TJobs[TName]> }
  workflows: { [TName in keyof TWorkflows]: WorkflowSignatureOf<TWorkflows[TName]> }
}

type SignatureOf<TJob> =
  TJob extends JobDefinition<infer _TArgs, infer _TReturned, infer TInput, infer TOutput>
    ? { args: TInput; output: Json<TOutput> }
    : never

type WorkflowSignatureOf<TWorkflow> =
  TWorkflow extends WorkflowDefinition<
    infer _TArgs,
    infer _TReturned,
    infer TInput,
    infer TOutput,
    infer TEvents
  >
    ? { args: TInput; output: Json<TOutput>; events: TEvents }
    : never

/** A value after its way as JSON: a `Date` arrives as text, nothing as `null`. */
export type Json<T> = unknown extends T
  ? T
  : T extends { toJSON(): infer TJson }
    ? Json<TJson>
    : T extends string | number | boolean | null
      ? T
      : // biome-ignore lint/suspicious/noConfusingVoidType: a job that returns nothing
        T extends undefined | void
        ? null
        : T extends object
          ? { [TKey in keyof T]: Json<T[TKey]> }
          : never
