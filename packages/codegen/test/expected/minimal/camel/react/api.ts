// Made by headway generate. Changes are lost the next time it runs.
import type { NoArgs, QueryDefinition } from '@headway/core'
import { type UsedQuery, type UseQueryOptions, useQuery } from '@headway/react'

/** Answers when the server is up. */
export const ping: QueryDefinition<NoArgs, void> = {
  kind: 'query',
  name: 'ping',
}

/** Answers when the server is up. */
export const usePing = (options?: UseQueryOptions): UsedQuery<void> => useQuery(ping, null, options)
