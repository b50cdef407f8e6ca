// Made by headway generate. Changes are lost the next time it runs.
import {
  defineMutation,
  defineQuery,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
} from '@headway/core'

/** How many there are. */
export const count: QueryDefinition<NoArgs, number> = defineQuery('count')

export const echoString: QueryDefinition<{ value: string }, string> = defineQuery('echo_string')

export const firstName: QueryDefinition<{ id: number }, string | null> = defineQuery('first_name')

export const listIds: QueryDefinition<NoArgs, number[]> = defineQuery('list_ids')

export const listOptionalStrings: QueryDefinition<NoArgs, (string | null)[]> = defineQuery(
  'list_optional_strings',
)

export const setFlag: MutationDefinition<{ flag: boolean }, boolean> = defineMutation('set_flag')

export const weightedSum: MutationDefinition<{ weights: number[] }, number> = defineMutation(
  'weighted_sum',
)
