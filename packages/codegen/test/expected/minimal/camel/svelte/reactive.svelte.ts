// Made by headway generate. Changes are lost the next time it runs.
import { type ReactiveQuery, toReactive } from '@headway/svelte/forge'
import { pingStore$ } from './api'

/** Answers when the server is up. */
export const ping$ = (): ReactiveQuery<void> => toReactive(pingStore$())
