import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import type { Principal } from '../access/principal.ts'
import { ConfigurationError } from '../errors.ts'
import { checkFileRules, type FileRules } from '../uploads/upload-options.ts'
import type { ServerJob } from './job.ts'
import type { LabelOptions } from './label-options.ts'
import type { Sql } from './query.ts'
import type { ServerWorkflow } from './workflow.ts'

/** The argument of a mutation's `run`. All its changes are committed together, or none is. */
export interface MutationContext<TInput> {
  /** Sends a statement, like the `sql` of a query. It may also change data. */
  sql: Sql
  /** The caller; `null` when the call is anonymous. */
  principal: Principal | null
  input: TInput
  /**
   * Starts a job or a workflow of the same gateway and resolves with its id. It starts when the
   * mutation is committed; a mutation that fails starts nothing. The run belongs to the caller.
   */
  start<TArgs>(
    what: Startable<TArgs>,
    ...rest: undefined extends TArgs
      ? [args?: TArgs, options?: LabelOptions]
      : [args: TArgs, options?: LabelOptions]
  ): Promise<string>
}

/** A job or a workflow that takes these arguments. */
export type Startable<TArgs> =
  // biome-ignore lint/suspicious/noExplicitAny: a start does not depend on the output
  | ServerJob<any, any, TArgs, any>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  | ServerWorkflow<any, any, TArgs, any, any>

/**
 * A mutation as `mutation()` defines it. `TInput` is sent by clients, `TArgs` is passed to `run`,
 * and `TReturned` is sent to clients.
 */
export interface ServerMutation<TArgs, TReturned, TInput = TArgs> extends ResolvedCallRules {
  readonly kind: 'mutation'
  readonly input?: StandardSchemaV1<TInput, TArgs>
  /** Rules for files in the arguments; `false`: files are refused. */
  readonly files: FileRules | boolean
  run(context: MutationContext<TArgs>): Promise<TReturned> | TReturned
}

/** A mutation whose types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: its own schema checks the arguments
export type AnyMutation = ServerMutation<any, any, any>

/** The options of `mutation()`. */
export interface MutationOptions<TArgs, TReturned, TInput> extends CallRules {
  /** Any Standard Schema. Without one, `run` gets unchecked arguments. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * Accepts files. Each is an {@link UploadedFile} at its place in the arguments, on disk until
   * `run` has ended. `true` accepts any file, rules limit them; `input` must then check for files.
   * Default: files are refused.
   */
  files?: FileRules | boolean
  /**
   * Makes the changes. The returned value is JSON or a `Blob`; a thrown error rolls everything
   * back.
   */
  run: (context: MutationContext<TArgs>) => Promise<TReturned> | TReturned
}

/**
 * Defines a mutation: a call that changes something, in a transaction of its own. Throws a {@link
 * ConfigurationError} about a wrong option.
 *
 * @example
 * ```ts
 * const invite = mutation({
 *   run: async ({ sql, start, input }: MutationContext<{ email: string }>) => {
 *     await sql`insert into invitations (email) values (${input.email})`
 *     return { job: await start(sendInvitation, { email: input.email }) }
 *   },
 * })
 * ```
 */
export function mutation<TArgs, TReturned, TInput = TArgs>(
  options: MutationOptions<TArgs, TReturned, TInput>,
): ServerMutation<NoInfer<TArgs>, NoInfer<TReturned>, NoInfer<TInput>> {
  const { run } = options
  if (typeof run !== 'function') {
    throw new ConfigurationError(`run is ${run}: give the function that makes the changes`)
  }
  checkFileRules(options.files ?? false)
  if (options.files && !options.input) {
    throw new ConfigurationError(
      'input is missing: without it a client could pass other values as files. ' +
        'Check for instances of UploadedFile',
    )
  }
  return {
    ...options,
    kind: 'mutation',
    ...resolveCallRules(options),
    files: options.files ?? false,
    run,
  }
}
