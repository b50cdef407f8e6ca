// Made by headway generate. Changes are lost the next time it runs.
import { type ReactiveQuery, toReactive } from '@headway/svelte/forge'
import { getUserStore$, listUsersStore$ } from './api'
import type { User, UserSummary } from './types'

export const getUser$ = (args: { id: string }): ReactiveQuery<UserSummary | null> =>
  toReactive(getUserStore$(args))

export const listUsers$ = (): ReactiveQuery<User[]> => toReactive(listUsersStore$())
