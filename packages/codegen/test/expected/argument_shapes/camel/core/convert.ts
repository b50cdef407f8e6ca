// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type { Filter, FindInput, Format, MaybeFormat, SetAvatarArgs, TokenPair } from './types.js'

export const byAliasCodec: Codec<{ maybeFormat?: MaybeFormat }, number> = {
  toWire: ({ maybeFormat = null }) => maybeFormat,
}

export const byFilterCodec: Codec<{ userFilter: Filter }, number> = {
  toWire: ({ userFilter }) => ({ args: filterToWire(userFilter) }),
}

export const byFormatCodec: Codec<{ format: Format }, number> = {
  toWire: ({ format }) => format,
}

export const byInputCodec: Codec<FindInput | null, number> = {
  toWire: (args: FindInput) => ({ args: { input: findInputToWire(args) } }),
  nullOnWire: { args: { input: null } },
}

export const byInputsCodec: Codec<FindInput[], number> = {
  toWire: (args) => ({ found: args.map(findInputToWire) }),
}

export const byNameCodec: Codec<{ name?: string | null }, number> = {
  toWire: (args) => ({ args }),
}

export const replaceCodec: Codec<{ a: FindInput; b?: Filter | null }, TokenPair> = {
  toWire: (args) => ({
    a: findInputToWire(args.a),
    ...(args.b !== undefined && { b: args.b && filterToWire(args.b) }),
  }),
  fromWire: tokenPairFromWire,
}

export const setAllCodec: Codec<{ input: Record<string, FindInput> }, number> = {
  toWire: (args) => ({ args: { input: mapValues(args.input, findInputToWire) } }),
}

export const setAvatarCodec: Codec<SetAvatarArgs, boolean> = {
  toWire: (args) => ({
    input: findInputToWire(args.input),
    avatar: args.avatar ?? null,
    user_filter: (args.userFilter && filterToWire(args.userFilter)) ?? null,
  }),
}

export const exportCodec: Codec<{ format: string }, void> = {
  toWire: ({ format }) => format,
}

export const exportAllCodec: Codec<{ all: Filter[] }, void> = {
  toWire: ({ all }) => all.map(filterToWire),
}

export const exportJsonCodec: Codec<{ data: unknown }, void> = {
  toWire: ({ data }) => ({ args: data }),
}

export const verifyCodec: Codec<{ args: Filter }, void> = {
  toWire: ({ args }) => filterToWire(args),
}

interface FilterWire {
  created_after?: string | null
  name?: string | null
}

interface FindInputWire {
  user_id: string
}

interface TokenPairWire {
  access_token: string
  refresh_token: string
}

function filterToWire(value: Filter): FilterWire {
  return {
    ...(value.createdAfter !== undefined && { created_after: value.createdAfter }),
    ...(value.name !== undefined && { name: value.name }),
  }
}

function findInputToWire(value: FindInput): FindInputWire {
  return {
    user_id: value.userId,
  }
}

function tokenPairFromWire(wire: TokenPairWire): TokenPair {
  return {
    accessToken: wire.access_token,
    refreshToken: wire.refresh_token,
  }
}

/** The values of a map, converted; its keys stay. */
function mapValues<T, TConverted>(
  map: { readonly [key: string]: T | undefined },
  convert: (value: T) => TConverted,
): Record<string, TConverted> {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, convert(value)]],
    ),
  )
}
