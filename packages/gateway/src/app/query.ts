import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import type { Principal } from '../access/principal.ts'
import { ConfigurationError } from '../errors.ts'

/**
 * Sends a statement: `` sql`select name from users where team = ${team}` ``. Values in `${}` are
 * sent as parameters, never as SQL. All statements of one run see the same state of the database
 * and change nothing.
 */
export type Sql = <TRow = Record<string, unknown>>(
  text: TemplateStringsArray,
  ...values: unknown[]
) => Promise<TRow[]>

/** The argument of a query's `run`. */
export interface QueryContext<TInput> {
  sql: Sql
  /**
   * The caller; `null` when the call is anonymous. Callers with other rights get runs of their own.
   */
  principal: Principal | null
  input: TInput
}

/**
 * A query as `query()` defines it. `TInput` is sent by clients, `TArgs` is passed to `run`, and
 * `TReturned` is sent to clients.
 */
export interface ServerQuery<TArgs, TReturned, TInput = TArgs> extends ResolvedCallRules {
  readonly kind: 'query'
  readonly input?: StandardSchemaV1<TInput, TArgs>
  /** The tables that it reads, if they were given. */
  readonly tables?: readonly string[]
  run(context: QueryContext<TArgs>): Promise<TReturned> | TReturned
}

/** A query whose types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: its own schema checks the arguments
export type AnyQuery = ServerQuery<any, any, any>

/** The options of `query()`. */
export interface QueryOptions<TArgs, TReturned, TInput> extends CallRules {
  /** Any Standard Schema. Without one, `run` gets unchecked arguments. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * The tables that the query reads: it runs again when one changes. By default they are found in
   * PostgreSQL's plans of its statements. Name tables here that only SQL functions read.
   */
  tables?: readonly string[]
  /** Reads the database. The returned value must be JSON. */
  run: (context: QueryContext<TArgs>) => Promise<TReturned> | TReturned
}

/**
 * Defines a query: asked once with `client.call`, kept live with `client.watch`. Throws a {@link
 * ConfigurationError} about a wrong option.
 *
 * @example
 * ```ts
 * const newestExports = query({
 *   run: ({ sql, principal }) =>
 *     sql<{ id: string }>`select id from exports where owner = ${principal?.id} order by at desc limit 20`,
 * })
 * ```
 */
export function query<TArgs, TReturned, TInput = TArgs>(
  options: QueryOptions<TArgs, TReturned, TInput>,
): ServerQuery<NoInfer<TArgs>, NoInfer<TReturned>, NoInfer<TInput>> {
  const { tables, run } = options
  if (typeof run !== 'function') {
    throw new ConfigurationError(`run is ${run}: give the function that reads`)
  }
  if (tables && (!Array.isArray(tables) || tables.some((name) => typeof name !== 'string'))) {
    throw new ConfigurationError(`tables is ${JSON.stringify(tables)}: give the names of tables`)
  }
  return {
    ...options,
    kind: 'query',
    ...resolveCallRules(options),
    run,
  }
}
