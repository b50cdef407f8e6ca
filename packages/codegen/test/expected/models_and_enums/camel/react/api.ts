// Made by headway generate. Changes are lost the next time it runs.
import { defineQuery, type NoArgs, type QueryDefinition, withCodec } from '@headway/core'
import { type UsedQuery, type UseQueryOptions, useQuery } from '@headway/react'
import { listUsersCodec } from './convert'
import type { User, UserSummary } from './types'

export const getUser: QueryDefinition<{ id: string }, UserSummary | null> =
  /* @__PURE__ */ defineQuery('get_user')

export const useGetUser = (
  args: { id: string },
  options?: UseQueryOptions,
): UsedQuery<UserSummary | null> => useQuery(getUser, args, options)

export const listUsers: QueryDefinition<NoArgs, User[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('list_users'),
  listUsersCodec,
)

export const useListUsers = (options?: UseQueryOptions): UsedQuery<User[]> =>
  useQuery(listUsers, null, options)
