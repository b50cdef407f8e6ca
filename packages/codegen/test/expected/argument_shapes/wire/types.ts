// Made by headway generate. Changes are lost the next time it runs.
export interface Filter {
  created_after?: string | null
  name?: string | null
}

export interface FindInput {
  user_id: string
}

export type Format = 'Csv' | 'Json'

export type MaybeFormat = Format | null

export type NothingArgs = Record<string, never>

/** What `set_avatar` takes. */
export interface SetAvatarArgs {
  input: FindInput
  avatar?: File | Blob | null
  user_filter?: Filter | null
}

/** A token to ask with, and one to get the next with. */
export interface TokenPair {
  access_token: string
  refresh_token: string
}
