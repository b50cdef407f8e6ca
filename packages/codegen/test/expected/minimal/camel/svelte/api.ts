// Made by headway generate. Changes are lost the next time it runs.
import { call, createSubscriptionStore, type SubscriptionStore } from '@headway/svelte'

/** Answers when the server is up. */
export const ping = (): Promise<void> => call<null, void>('ping', null)

/** Answers when the server is up. */
export const pingStore$ = (): SubscriptionStore<void> =>
  createSubscriptionStore<null, void>('ping', null)
