import type { UploadedFile } from '../uploads/uploaded-file.ts'
import type { AnyJob, ServerJob } from './job.ts'
import type { AnyMutation, ServerMutation } from './mutation.ts'
import type { AnyQuery, ServerQuery } from './query.ts'
import type { AnyWorkflow, ServerWorkflow } from './workflow.ts'

/** Jobs by the name that clients start them under. */
export type Jobs = Readonly<Record<string, AnyJob>>

/** Workflows by the name that clients start them under. */
export type Workflows = Readonly<Record<string, AnyWorkflow>>

/** Queries by the name that clients ask them under. */
export type Queries = Readonly<Record<string, AnyQuery>>

/** Mutations by the name that clients call them under. */
export type Mutations = Readonly<Record<string, AnyMutation>>

/**
 * The type of a gateway for its clients: names, arguments and outputs. It exists for the compiler
 * alone.
 *
 * @example
 * ```ts
 * export type Api = typeof gateway.api // at the server
 * export const jobs = jobsOf<Api>() // in the browser
 * ```
 */
export interface ApiOf<
  TJobs extends Jobs,
  TWorkflows extends Workflows,
  TQueries extends Queries,
  TMutations extends Mutations,
> {
  jobs: { [TName in keyof TJobs]: SignatureOf<TJobs[TName]> }
  workflows: { [TName in keyof TWorkflows]: WorkflowSignatureOf<TWorkflows[TName]> }
  queries: { [TName in keyof TQueries]: QuerySignatureOf<TQueries[TName]> }
  mutations: { [TName in keyof TMutations]: MutationSignatureOf<TMutations[TName]> }
}

type SignatureOf<TJob> =
  TJob extends ServerJob<infer _TArgs, infer _TReturned, infer TInput, infer TOutput>
    ? { args: TInput; output: Json<TOutput> }
    : never

type WorkflowSignatureOf<TWorkflow> =
  TWorkflow extends ServerWorkflow<
    infer _TArgs,
    infer _TReturned,
    infer TInput,
    infer TOutput,
    infer TEvents
  >
    ? { args: TInput; output: Json<TOutput>; events: TEvents }
    : never

type QuerySignatureOf<TQuery> =
  TQuery extends ServerQuery<infer _TArgs, infer TReturned, infer TInput>
    ? { args: TInput; output: Answer<TReturned> }
    : never

type MutationSignatureOf<TMutation> =
  TMutation extends ServerMutation<infer _TArgs, infer TReturned, infer TInput>
    ? { args: Sent<TInput>; output: Answer<TReturned> }
    : never

/**
 * Arguments as a client sends them: an {@link UploadedFile} of the server is a `File` or a `Blob`
 * there.
 */
export type Sent<T> = unknown extends T
  ? T
  : T extends UploadedFile
    ? Blob
    : T extends Blob | { toJSON(): unknown }
      ? T
      : T extends object
        ? { [TKey in keyof T]: Sent<T[TKey]> }
        : T

/** The result of a call: a file stays a file, any other value is JSON. */
export type Answer<T> = T extends Blob ? Blob : Json<T>

/**
 * A value after its way as JSON: a `Date` becomes text, `undefined` becomes `null`, a file is lost.
 */
export type Json<T> = unknown extends T
  ? T
  : T extends Blob | ArrayBufferView
    ? never
    : T extends { toJSON(): infer TJson }
      ? Json<TJson>
      : T extends string | number | boolean | null
        ? T
        : // biome-ignore lint/suspicious/noConfusingVoidType: a job that returns nothing
          T extends undefined | void
          ? null
          : T extends readonly (infer TItem)[]
            ? Json<TItem>[]
            : T extends object
              ? { [TKey in keyof T]: Json<T[TKey]> }
              : never
