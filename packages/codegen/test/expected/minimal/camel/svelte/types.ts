// Made by headway generate. Changes are lost the next time it runs.
export type { Cursor, ForgeError, QueryResult, SubscriptionResult } from '@headway/svelte/forge'
