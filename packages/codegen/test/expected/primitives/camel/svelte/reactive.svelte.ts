// Made by headway generate. Changes are lost the next time it runs.
import {
  type ReactiveMutation,
  type ReactiveQuery,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
import {
  countStore$,
  echoStringStore$,
  firstNameStore$,
  listIdsStore$,
  listOptionalStringsStore$,
  setFlag,
  weightedSum,
} from './api'

/** How many there are. */
export const count$ = (): ReactiveQuery<number> => toReactive(countStore$())

export const echoString$ = (args: { value: string }): ReactiveQuery<string> =>
  toReactive(echoStringStore$(args))

export const firstName$ = (args: { id: number }): ReactiveQuery<string | null> =>
  toReactive(firstNameStore$(args))

export const listIds$ = (): ReactiveQuery<number[]> => toReactive(listIdsStore$())

export const listOptionalStrings$ = (): ReactiveQuery<(string | null)[]> =>
  toReactive(listOptionalStringsStore$())

export const setFlag$ = (): ReactiveMutation<{ flag: boolean }, boolean> =>
  toReactiveMutation(setFlag)

export const weightedSum$ = (): ReactiveMutation<{ weights: number[] }, number> =>
  toReactiveMutation(weightedSum)
