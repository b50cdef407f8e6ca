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

/** The arguments of `set_avatar`. */
export interface SetAvatarArgs {
  input: FindInput
  avatar?: File | Blob | null
  user_filter?: Filter | null
}

/** An access token, and the refresh token that renews it. */
export interface TokenPair {
  access_token: string
  refresh_token: string
}
