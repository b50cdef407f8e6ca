// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition, NoArgs, QueryDefinition } from '@headway/core'
import {
  type UsedMutation,
  type UsedQuery,
  type UseQueryOptions,
  useMutation,
  useQuery,
} from '@headway/react'

/** How many there are. */
export const count: QueryDefinition<NoArgs, number> = {
  kind: 'query',
  name: 'count',
}

/** How many there are. */
export const useCount = (options?: UseQueryOptions): UsedQuery<number> =>
  useQuery(count, null, options)

export const echoString: QueryDefinition<{ value: string }, string> = {
  kind: 'query',
  name: 'echo_string',
}

export const useEchoString = (
  args: { value: string },
  options?: UseQueryOptions,
): UsedQuery<string> => useQuery(echoString, args, options)

export const firstName: QueryDefinition<{ id: number }, string | null> = {
  kind: 'query',
  name: 'first_name',
}

export const useFirstName = (
  args: { id: number },
  options?: UseQueryOptions,
): UsedQuery<string | null> => useQuery(firstName, args, options)

export const listIds: QueryDefinition<NoArgs, number[]> = {
  kind: 'query',
  name: 'list_ids',
}

export const useListIds = (options?: UseQueryOptions): UsedQuery<number[]> =>
  useQuery(listIds, null, options)

export const listOptionalStrings: QueryDefinition<NoArgs, (string | null)[]> = {
  kind: 'query',
  name: 'list_optional_strings',
}

export const useListOptionalStrings = (options?: UseQueryOptions): UsedQuery<(string | null)[]> =>
  useQuery(listOptionalStrings, null, options)

export const setFlag: MutationDefinition<{ flag: boolean }, boolean> = {
  kind: 'mutation',
  name: 'set_flag',
}

export const useSetFlag = (): UsedMutation<{ flag: boolean }, boolean> => useMutation(setFlag)

export const weightedSum: MutationDefinition<{ weights: number[] }, number> = {
  kind: 'mutation',
  name: 'weighted_sum',
}

export const useWeightedSum = (): UsedMutation<{ weights: number[] }, number> =>
  useMutation(weightedSum)
