// Made by headway generate. Changes are lost the next time it runs.
import type { NoArgs, QueryDefinition } from '@headway/core'
import { listUsersCodec } from './convert.js'
import type { User, UserSummary } from './types.js'

export const getUser: QueryDefinition<{ id: string }, UserSummary | null> = {
  kind: 'query',
  name: 'get_user',
}

export const listUsers: QueryDefinition<NoArgs, User[]> = {
  kind: 'query',
  name: 'list_users',
  codec: listUsersCodec,
}
