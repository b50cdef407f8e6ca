// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition } from '@headway/core'
import { type Auth, createAuth } from '@headway/svelte/forge'
import { refreshCodec } from './convert'
import type { RefreshInput, TokenPair } from './types'

const refresh: MutationDefinition<RefreshInput, TokenPair> = {
  kind: 'mutation',
  name: 'refresh',
  codec: refreshCodec,
}

/** Who is signed in. `refresh` renews the tokens. */
export const auth: Auth = /* @__PURE__ */ createAuth((client, refreshToken) =>
  client.call(refresh, { refreshToken }),
)

/** The bearer token, for `<ForgeProvider {getToken}>`. */
export const getToken = (): string | null => auth.token
