import { callWithFiles } from '../rpc/call.ts'
import type { Api, Group } from './api.ts'
import { checkName, type MutationDefinition } from './definition.ts'
import { namesOf } from './names-of.ts'

/**
 * Defines a mutation by its name at the server and its types, for `client.call()`. Its arguments
 * may contain files, at any depth.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineMutation<TArgs, TOutput>(name: string): MutationDefinition<TArgs, TOutput> {
  return { kind: 'mutation', name: checkName('mutation', name), call: callWithFiles }
}

/** The mutations of an `Api`, by name. */
export type MutationsOf<TApi extends Api> = MutationDefinitions<Group<TApi, 'mutations'>>

type MutationDefinitions<T> = {
  readonly [TName in keyof T]: T[TName] extends { args: infer TArgs; output: infer TOutput }
    ? MutationDefinition<TArgs, TOutput>
    : never
}

/**
 * The definitions of all mutations of an `Api`. @see {@link jobsOf}
 *
 * @__NO_SIDE_EFFECTS__
 */
export function mutationsOf<TApi extends Api>(): MutationsOf<TApi> {
  return namesOf(defineMutation)
}
