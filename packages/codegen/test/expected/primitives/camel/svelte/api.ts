// Made by headway generate. Changes are lost the next time it runs.
import { call, createSubscriptionStore, type SubscriptionStore } from '@headway/svelte'

/** How many there are. */
export const count = (): Promise<number> => call<null, number>('count', null)

/** How many there are. */
export const countStore$ = (): SubscriptionStore<number> =>
  createSubscriptionStore<null, number>('count', null)

export const echoString = (args: { value: string }): Promise<string> =>
  call<{ value: string }, string>('echo_string', args)

export const echoStringStore$ = (args: { value: string }): SubscriptionStore<string> =>
  createSubscriptionStore<{ value: string }, string>('echo_string', args)

export const firstName = (args: { id: number }): Promise<string | null> =>
  call<{ id: number }, string | null>('first_name', args)

export const firstNameStore$ = (args: { id: number }): SubscriptionStore<string | null> =>
  createSubscriptionStore<{ id: number }, string | null>('first_name', args)

export const listIds = (): Promise<number[]> => call<null, number[]>('list_ids', null)

export const listIdsStore$ = (): SubscriptionStore<number[]> =>
  createSubscriptionStore<null, number[]>('list_ids', null)

export const listOptionalStrings = (): Promise<(string | null)[]> =>
  call<null, (string | null)[]>('list_optional_strings', null)

export const listOptionalStringsStore$ = (): SubscriptionStore<(string | null)[]> =>
  createSubscriptionStore<null, (string | null)[]>('list_optional_strings', null)

export const setFlag = (args: { flag: boolean }): Promise<boolean> =>
  call<{ flag: boolean }, boolean>('set_flag', args)

export const weightedSum = (args: { weights: number[] }): Promise<number> =>
  call<{ weights: number[] }, number>('weighted_sum', args)
