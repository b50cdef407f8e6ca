import { callWithFiles } from '../rpc/call.ts'
import type { Api, Group } from './api.ts'
import { checkName, type MutationDefinition } from './definition.ts'
import { namesOf } from './names-of.ts'

/**
 * Names a mutation and its types, for `client.call()`. Its arguments may hold files, at any depth.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineMutation<TArgs, TOutput>(name: string): MutationDefinition<TArgs, TOutput> {
  return { kind: 'mutation', name: checkName('mutation', name), call: callWithFiles }
}

/** The mutations of an `Api`, by their names. */
export type MutationsOf<TApi extends Api> = MutationDefinitions<Group<TApi, 'mutations'>>

type MutationDefinitions<T> = {
  readonly [TName in keyof T]: T[TName] extends { args: infer TArgs; output: infer TOutput }
    ? MutationDefinition<TArgs, TOutput>
    : never
}

/**
 * The mutations of a server as definitions. @see {@link jobsOf}
 *
 * @__NO_SIDE_EFFECTS__
 */
export function mutationsOf<TApi extends Api>(): MutationsOf<TApi> {
  return namesOf(defineMutation)
}
