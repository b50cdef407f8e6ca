import { callWithJson } from '../rpc/call.ts'
import { watch } from '../tracking/watch.ts'
import type { Api, Group } from './api.ts'
import { checkName, type QueryDefinition } from './definition.ts'
import { namesOf } from './names-of.ts'

/**
 * Defines a query by its name at the server and its types. `client.watch()` keeps its result live,
 * `client.call()` asks once.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineQuery<TArgs, TData>(name: string): QueryDefinition<TArgs, TData> {
  return { kind: 'query', name: checkName('query', name), call: callWithJson, watch }
}

/** The queries of an `Api`, by name. */
export type QueriesOf<TApi extends Api> = QueryDefinitions<Group<TApi, 'queries'>>

type QueryDefinitions<T> = {
  readonly [TName in keyof T]: T[TName] extends { args: infer TArgs; output: infer TData }
    ? QueryDefinition<TArgs, TData>
    : never
}

/**
 * The definitions of all queries of an `Api`. @see {@link jobsOf}
 *
 * @__NO_SIDE_EFFECTS__
 */
export function queriesOf<TApi extends Api>(): QueriesOf<TApi> {
  return namesOf(defineQuery)
}
