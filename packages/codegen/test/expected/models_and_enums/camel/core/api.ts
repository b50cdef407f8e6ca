// Made by headway generate. Changes are lost the next time it runs.
import { defineQuery, type NoArgs, type QueryDefinition, withCodec } from '@headway/core'
import { listUsersCodec } from './convert.js'
import type { User, UserSummary } from './types.js'

export const getUser: QueryDefinition<{ id: string }, UserSummary | null> =
  /* @__PURE__ */ defineQuery('get_user')

export const listUsers: QueryDefinition<NoArgs, User[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('list_users'),
  listUsersCodec,
)
