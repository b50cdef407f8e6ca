// Made by headway generate. Changes are lost the next time it runs.
import type { JobDefinition, WorkflowDefinition } from '@headway/core'
import {
  call,
  createJobStore,
  createSubscriptionStore,
  createWorkflowStore,
  type JobStore,
  type SubscriptionStore,
  type WorkflowStore,
} from '@headway/svelte'
import {
  byAliasCodec,
  byFilterCodec,
  byFormatCodec,
  byInputCodec,
  byInputsCodec,
  byNameCodec,
  exportAllCodec,
  exportCodec,
  exportJsonCodec,
  setAllCodec,
  setAvatarCodec,
  verifyCodec,
} from './convert'
import type {
  Filter,
  FindInput,
  Format,
  MaybeFormat,
  NothingArgs,
  SetAvatarArgs,
  TokenPair,
} from './types'

export const byAlias = (args: { maybe_format?: MaybeFormat }): Promise<number> =>
  call<{ maybe_format?: MaybeFormat }, number>('by_alias', args, byAliasCodec)

export const byAliasStore$ = (args: { maybe_format?: MaybeFormat }): SubscriptionStore<number> =>
  createSubscriptionStore<{ maybe_format?: MaybeFormat }, number>('by_alias', args, byAliasCodec)

export const byFilter = (args: { user_filter: Filter }): Promise<number> =>
  call<{ user_filter: Filter }, number>('by_filter', args, byFilterCodec)

export const byFilterStore$ = (args: { user_filter: Filter }): SubscriptionStore<number> =>
  createSubscriptionStore<{ user_filter: Filter }, number>('by_filter', args, byFilterCodec)

export const byFormat = (args: { format: Format }): Promise<number> =>
  call<{ format: Format }, number>('by_format', args, byFormatCodec)

export const byFormatStore$ = (args: { format: Format }): SubscriptionStore<number> =>
  createSubscriptionStore<{ format: Format }, number>('by_format', args, byFormatCodec)

export const byInput = (args: FindInput | null): Promise<number> =>
  call<FindInput | null, number>('by_input', args, byInputCodec)

export const byInputStore$ = (args: FindInput | null): SubscriptionStore<number> =>
  createSubscriptionStore<FindInput | null, number>('by_input', args, byInputCodec)

export const byInputs = (args: FindInput[]): Promise<number> =>
  call<FindInput[], number>('by_inputs', args, byInputsCodec)

export const byInputsStore$ = (args: FindInput[]): SubscriptionStore<number> =>
  createSubscriptionStore<FindInput[], number>('by_inputs', args, byInputsCodec)

export const byName = (args: { name?: string | null }): Promise<number> =>
  call<{ name?: string | null }, number>('by_name', args, byNameCodec)

export const byNameStore$ = (args: { name?: string | null }): SubscriptionStore<number> =>
  createSubscriptionStore<{ name?: string | null }, number>('by_name', args, byNameCodec)

export const replace = (args: { a: FindInput; b?: Filter | null }): Promise<TokenPair> =>
  call<{ a: FindInput; b?: Filter | null }, TokenPair>('replace', args)

export const setAll = (args: { input: Record<string, FindInput> }): Promise<number> =>
  call<{ input: Record<string, FindInput> }, number>('set_all', args, setAllCodec)

export const setAvatar = (args: SetAvatarArgs): Promise<boolean> =>
  call<SetAvatarArgs, boolean>('set_avatar', args, setAvatarCodec)

export const export_: JobDefinition<{ format: string }, void> = {
  kind: 'job',
  name: 'export',
  codec: exportCodec,
}

export const trackExport = (args: { format: string }): JobStore<void> =>
  createJobStore<{ format: string }, void>('export', args, exportCodec)

export const exportAll: JobDefinition<{ all: Filter[] }, void> = {
  kind: 'job',
  name: 'export_all',
  codec: exportAllCodec,
}

export const trackExportAll = (args: { all: Filter[] }): JobStore<void> =>
  createJobStore<{ all: Filter[] }, void>('export_all', args, exportAllCodec)

export const exportJson: JobDefinition<{ data: unknown }, void> = {
  kind: 'job',
  name: 'export_json',
  codec: exportJsonCodec,
}

export const trackExportJson = (args: { data: unknown }): JobStore<void> =>
  createJobStore<{ data: unknown }, void>('export_json', args, exportJsonCodec)

export const cleanUp: WorkflowDefinition<NothingArgs, void> = {
  kind: 'workflow',
  name: 'clean_up',
}

export const trackCleanUp = (args: NothingArgs): WorkflowStore<void> =>
  createWorkflowStore<NothingArgs, void>('clean_up', args)

export const verify: WorkflowDefinition<{ args: Filter }, void> = {
  kind: 'workflow',
  name: 'verify',
  codec: verifyCodec,
}

export const trackVerify = (args: { args: Filter }): WorkflowStore<void> =>
  createWorkflowStore<{ args: Filter }, void>('verify', args, verifyCodec)
