import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import type { Principal } from '../access/principal.ts'
import { ConfigurationError } from '../errors.ts'

/**
 * Asks the database: `` sql`select name from users where team = ${team}` ``. What stands in `${}` is sent
 * beside the statement, never in it. All of one run see the same state of the database, and change nothing.
 */
export type Sql = <TRow = Record<string, unknown>>(
  text: TemplateStringsArray,
  ...values: unknown[]
) => Promise<TRow[]>

/** What a query is asked. */
export interface QueryContext<TInput> {
  sql: Sql
  /** Who asks; `null` for nobody in particular. Whoever is somebody else has a run of their own. */
  principal: Principal | null
  input: TInput
}

/** A query as it runs: from what clients send to what they get. */
export interface ServerQuery<TArgs, TReturned, TInput = TArgs> extends ResolvedCallRules {
  readonly kind: 'query'
  readonly input?: StandardSchemaV1<TInput, TArgs>
  /** What it reads, where that was said. */
  readonly tables?: readonly string[]
  run(context: QueryContext<TArgs>): Promise<TReturned> | TReturned
}

/** A query whose types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: a query of any arguments, as its own schema checks them
export type AnyQuery = ServerQuery<any, any, any>

/** What `query()` takes. */
export interface QueryOptions<TArgs, TReturned, TInput> extends CallRules {
  /** Any Standard Schema. Without one the arguments come unchecked. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * The tables it reads: it is run again when one has changed. Left out, PostgreSQL says which: what its
   * statements read by themselves. What functions read has to be said here.
   */
  tables?: readonly string[]
  /** Asks. What it returns must be JSON. */
  run: (context: QueryContext<TArgs>) => Promise<TReturned> | TReturned
}

/**
 * Defines a query: asked once with `client.call`, kept live with `client.watch`. Throws a
 * {@link ConfigurationError} about what cannot be.
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
    throw new ConfigurationError(`run is ${run}: give the function that asks`)
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
