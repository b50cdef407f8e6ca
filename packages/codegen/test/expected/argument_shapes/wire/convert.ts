// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type { Filter, FindInput, Format, MaybeFormat, SetAvatarArgs } from './types'

export const byAliasCodec: Codec<{ maybe_format?: MaybeFormat }, number> = {
  toWire: ({ maybe_format: maybeFormat = null }) => maybeFormat,
}

export const byFilterCodec: Codec<{ user_filter: Filter }, number> = {
  toWire: ({ user_filter: userFilter }) => ({ args: userFilter }),
}

export const byFormatCodec: Codec<{ format: Format }, number> = {
  toWire: ({ format }) => format,
}

export const byInputCodec: Codec<FindInput | null, number> = {
  toWire: (args: FindInput) => ({ args: { input: args } }),
  nullOnWire: { args: { input: null } },
}

export const byInputsCodec: Codec<FindInput[], number> = {
  toWire: (args) => ({ found: args }),
}

export const byNameCodec: Codec<{ name?: string | null }, number> = {
  toWire: (args) => ({ args }),
}

export const setAllCodec: Codec<{ input: Record<string, FindInput> }, number> = {
  toWire: (args) => ({ args }),
}

export const setAvatarCodec: Codec<SetAvatarArgs, boolean> = {
  toWire: (args) => ({
    input: args.input,
    avatar: args.avatar ?? null,
    user_filter: args.user_filter ?? null,
  }),
}

export const exportCodec: Codec<{ format: string }, void> = {
  toWire: ({ format }) => format,
}

export const exportAllCodec: Codec<{ all: Filter[] }, void> = {
  toWire: ({ all }) => all,
}

export const exportJsonCodec: Codec<{ data: unknown }, void> = {
  toWire: ({ data }) => ({ args: data }),
}

export const verifyCodec: Codec<{ args: Filter }, void> = {
  toWire: ({ args }) => args,
}
