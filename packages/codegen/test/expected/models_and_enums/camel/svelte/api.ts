// Made by headway generate. Changes are lost the next time it runs.
import { call, createSubscriptionStore, type SubscriptionStore } from '@headway/svelte'
import { listUsersCodec } from './convert'
import type { User, UserSummary } from './types'

export const getUser = (args: { id: string }): Promise<UserSummary | null> =>
  call<{ id: string }, UserSummary | null>('get_user', args)

export const getUserStore$ = (args: { id: string }): SubscriptionStore<UserSummary | null> =>
  createSubscriptionStore<{ id: string }, UserSummary | null>('get_user', args)

export const listUsers = (): Promise<User[]> =>
  call<null, User[]>('list_users', null, listUsersCodec)

export const listUsersStore$ = (): SubscriptionStore<User[]> =>
  createSubscriptionStore<null, User[]>('list_users', null, listUsersCodec)
