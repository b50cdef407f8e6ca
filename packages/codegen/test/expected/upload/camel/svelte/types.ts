// Made by headway generate. Changes are lost the next time it runs.
export interface AvatarInput {
  name: string
  file: File | Blob
}

export type { Cursor, ForgeError, QueryResult, SubscriptionResult } from '@headway/svelte/forge'
