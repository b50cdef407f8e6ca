// Made by headway generate. Changes are lost the next time it runs.
import {
  type ReactiveMutation,
  type ReactiveQuery,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
import {
  byAliasStore$,
  byFilterStore$,
  byFormatStore$,
  byInputStore$,
  byInputsStore$,
  byNameStore$,
  replace,
  setAll,
  setAvatar,
} from './api'
import type { Filter, FindInput, Format, MaybeFormat, SetAvatarArgs, TokenPair } from './types'

export const byAlias$ = (args: { maybeFormat?: MaybeFormat }): ReactiveQuery<number> =>
  toReactive(byAliasStore$(args))

export const byFilter$ = (args: { userFilter: Filter }): ReactiveQuery<number> =>
  toReactive(byFilterStore$(args))

export const byFormat$ = (args: { format: Format }): ReactiveQuery<number> =>
  toReactive(byFormatStore$(args))

export const byInput$ = (args: FindInput | null): ReactiveQuery<number> =>
  toReactive(byInputStore$(args))

export const byInputs$ = (args: FindInput[]): ReactiveQuery<number> =>
  toReactive(byInputsStore$(args))

export const byName$ = (args: { name?: string | null }): ReactiveQuery<number> =>
  toReactive(byNameStore$(args))

export const replace$ = (): ReactiveMutation<{ a: FindInput; b?: Filter | null }, TokenPair> =>
  toReactiveMutation(replace)

export const setAll$ = (): ReactiveMutation<{ input: Record<string, FindInput> }, number> =>
  toReactiveMutation(setAll)

export const setAvatar$ = (): ReactiveMutation<SetAvatarArgs, boolean> =>
  toReactiveMutation(setAvatar)
