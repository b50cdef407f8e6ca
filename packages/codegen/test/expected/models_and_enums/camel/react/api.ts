// Made by headway generate. Changes are lost the next time it runs.
import type { NoArgs, QueryDefinition } from '@headway/core'
import { type UsedQuery, type UseQueryOptions, useQuery } from '@headway/react'
import { listUsersCodec } from './convert'
import type { User, UserSummary } from './types'

export const getUser: QueryDefinition<{ id: string }, UserSummary | null> = {
  kind: 'query',
  name: 'get_user',
}

export const useGetUser = (
  args: { id: string },
  options?: UseQueryOptions,
): UsedQuery<UserSummary | null> => useQuery(getUser, args, options)

export const listUsers: QueryDefinition<NoArgs, User[]> = {
  kind: 'query',
  name: 'list_users',
  codec: listUsersCodec,
}

export const useListUsers = (options?: UseQueryOptions): UsedQuery<User[]> =>
  useQuery(listUsers, null, options)
