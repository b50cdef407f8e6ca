import type { RunKind } from '../kinds/run-kind.ts'
import type { Call } from '../rpc/call.ts'
import type { Coding } from '../tracking/coding.ts'
import type { sendEvent } from '../tracking/send-event.ts'
import type { watch } from '../tracking/watch.ts'

declare const types: unique symbol
declare const events: unique symbol

/** The kinds of definitions. */
export type DefinitionKind = 'job' | 'workflow' | 'query' | 'mutation'

/**
 * A name that the server knows, with its types. Write it once, or take it from `jobsOf<Api>()`,
 * `workflowsOf`, `queriesOf` or `mutationsOf`. It holds the code of its kind, so a page bundles
 * only the kinds it uses.
 */
export interface Definition<TKind extends DefinitionKind, TArgs, TOutput> {
  readonly kind: TKind
  /** The name at the server, such as `export_users`. */
  readonly name: string
  /** Translates arguments and outputs. Set by `withCodec`. @internal */
  readonly coding?: Coding | undefined
  /** For the compiler only; absent at run time. */
  readonly [types]?: (args: TArgs) => TOutput
}

/** A job's name and types. */
export interface JobDefinition<TArgs, TOutput> extends Definition<'job', TArgs, TOutput> {
  /** @internal */
  readonly run: RunKind
  /** @internal */
  readonly call: Call
}

/** A workflow's name and types, and the payloads of its events by event name. */
export interface WorkflowDefinition<TArgs, TOutput, TEvents = unknown>
  extends Definition<'workflow', TArgs, TOutput> {
  /** @internal */
  readonly run: RunKind
  /** @internal */
  readonly call: Call
  /** @internal */
  readonly sendEvent: typeof sendEvent
  /** For the compiler only; absent at run time. */
  readonly [events]?: TEvents
}

/** A query's name and types. */
export interface QueryDefinition<TArgs, TData> extends Definition<'query', TArgs, TData> {
  /** @internal */
  readonly call: Call
  /** @internal */
  readonly watch: typeof watch
}

/** A mutation's name and types. */
export interface MutationDefinition<TArgs, TOutput> extends Definition<'mutation', TArgs, TOutput> {
  /** @internal */
  readonly call: Call
}

/** Returns the name. Throws a `TypeError` for an empty one. */
export function checkName(kind: DefinitionKind, name: string): string {
  if (name !== '') return name
  throw new TypeError(`The name of this ${kind} is empty: use the name that the server knows`)
}
