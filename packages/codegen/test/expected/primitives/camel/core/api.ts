// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition, NoArgs, QueryDefinition } from '@headway/core'

/** How many there are. */
export const count: QueryDefinition<NoArgs, number> = {
  kind: 'query',
  name: 'count',
}

export const echoString: QueryDefinition<{ value: string }, string> = {
  kind: 'query',
  name: 'echo_string',
}

export const firstName: QueryDefinition<{ id: number }, string | null> = {
  kind: 'query',
  name: 'first_name',
}

export const listIds: QueryDefinition<NoArgs, number[]> = {
  kind: 'query',
  name: 'list_ids',
}

export const listOptionalStrings: QueryDefinition<NoArgs, (string | null)[]> = {
  kind: 'query',
  name: 'list_optional_strings',
}

export const setFlag: MutationDefinition<{ flag: boolean }, boolean> = {
  kind: 'mutation',
  name: 'set_flag',
}

export const weightedSum: MutationDefinition<{ weights: number[] }, number> = {
  kind: 'mutation',
  name: 'weighted_sum',
}
