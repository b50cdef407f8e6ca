import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import type { Principal } from '../access/principal.ts'
import { ConfigurationError } from '../errors.ts'
import { checkFileRules, type FileRules } from '../uploads/upload-options.ts'
import type { ServerJob } from './job.ts'
import type { Sql } from './query.ts'
import type { ServerWorkflow } from './workflow.ts'

/** What a mutation is asked, and what it can do: all of it, or nothing. */
export interface MutationContext<TInput> {
  /** As a query's, and it may change things. */
  sql: Sql
  /** Who asks; `null` for nobody in particular. */
  principal: Principal | null
  input: TInput
  /**
   * Starts a job, or a workflow, of the same gateway, once the mutation has succeeded: one that fails has
   * started none. Resolves with its id. Whoever asks owns it.
   */
  start<TArgs>(
    what: Startable<TArgs>,
    ...args: undefined extends TArgs ? [args?: TArgs] : [args: TArgs]
  ): Promise<string>
}

/** What can be started with these arguments. */
export type Startable<TArgs> =
  // biome-ignore lint/suspicious/noExplicitAny: what it gives does not matter to whoever starts it
  | ServerJob<any, any, TArgs, any>
  // biome-ignore lint/suspicious/noExplicitAny: as above
  | ServerWorkflow<any, any, TArgs, any, any>

/** A mutation as it runs. */
export interface ServerMutation<TArgs, TReturned, TInput = TArgs> extends ResolvedCallRules {
  readonly kind: 'mutation'
  readonly input?: StandardSchemaV1<TInput, TArgs>
  /** What it takes of files; `false`: none. */
  readonly files: FileRules | boolean
  run(context: MutationContext<TArgs>): Promise<TReturned> | TReturned
}

/** A mutation whose types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a mutation of any arguments, as its own schema checks them
export type AnyMutation = ServerMutation<any, any, any>

/** What `mutation()` takes. */
export interface MutationOptions<TArgs, TReturned, TInput> extends CallRules {
  /** Any Standard Schema. Without one the arguments come unchecked. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * Takes files: each is an {@link UploadedFile} where it stood in the arguments, on the disk until `run` is over.
   * `true`, or what may come; then `input` has to ask for them. Default: none may.
   */
  files?: FileRules | boolean
  /** Does it. What it returns is JSON, or a `Blob`; what it throws undoes everything. */
  run: (context: MutationContext<TArgs>) => Promise<TReturned> | TReturned
}

/**
 * Defines a mutation: a call that changes something, in a transaction of its own. Throws a
 * {@link ConfigurationError} about what cannot be.
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
    throw new ConfigurationError(`run is ${run}: give the function that does it`)
  }
  checkFileRules(options.files ?? false)
  if (options.files && !options.input) {
    throw new ConfigurationError(
      'input is missing: without it a client could say that anything is a file. Ask for instances of UploadedFile',
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
