// Made by headway generate. Changes are lost the next time it runs.
import {
  defineMutation,
  defineQuery,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
} from '@headway/core'

/** How many there are. */
export const count: QueryDefinition<NoArgs, number> = /* @__PURE__ */ defineQuery('count')

export const echoString: QueryDefinition<{ value: string }, string> =
  /* @__PURE__ */ defineQuery('echo_string')

export const firstName: QueryDefinition<{ id: number }, string | null> =
  /* @__PURE__ */ defineQuery('first_name')

export const listIds: QueryDefinition<NoArgs, number[]> = /* @__PURE__ */ defineQuery('list_ids')

export const listOptionalStrings: QueryDefinition<NoArgs, (string | null)[]> =
  /* @__PURE__ */ defineQuery('list_optional_strings')

export const setFlag: MutationDefinition<{ flag: boolean }, boolean> =
  /* @__PURE__ */ defineMutation('set_flag')

export const weightedSum: MutationDefinition<{ weights: number[] }, number> =
  /* @__PURE__ */ defineMutation('weighted_sum')
