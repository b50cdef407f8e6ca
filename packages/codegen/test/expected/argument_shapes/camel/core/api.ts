// Made by headway generate. Changes are lost the next time it runs.
import type {
  Client,
  JobDefinition,
  JobHandle,
  MutationDefinition,
  QueryDefinition,
  WorkflowDefinition,
  WorkflowHandle,
} from '@headway/core'
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
  replaceCodec,
  setAllCodec,
  setAvatarCodec,
  verifyCodec,
} from './convert.js'
import type {
  Filter,
  FindInput,
  Format,
  MaybeFormat,
  NothingArgs,
  SetAvatarArgs,
  TokenPair,
} from './types.js'

export const byAlias: QueryDefinition<{ maybeFormat?: MaybeFormat }, number> = {
  kind: 'query',
  name: 'by_alias',
  codec: byAliasCodec,
}

export const byFilter: QueryDefinition<{ userFilter: Filter }, number> = {
  kind: 'query',
  name: 'by_filter',
  codec: byFilterCodec,
}

export const byFormat: QueryDefinition<{ format: Format }, number> = {
  kind: 'query',
  name: 'by_format',
  codec: byFormatCodec,
}

export const byInput: QueryDefinition<FindInput | null, number> = {
  kind: 'query',
  name: 'by_input',
  codec: byInputCodec,
}

export const byInputs: QueryDefinition<FindInput[], number> = {
  kind: 'query',
  name: 'by_inputs',
  codec: byInputsCodec,
}

export const byName: QueryDefinition<{ name?: string | null }, number> = {
  kind: 'query',
  name: 'by_name',
  codec: byNameCodec,
}

export const replace: MutationDefinition<{ a: FindInput; b?: Filter | null }, TokenPair> = {
  kind: 'mutation',
  name: 'replace',
  codec: replaceCodec,
}

export const setAll: MutationDefinition<{ input: Record<string, FindInput> }, number> = {
  kind: 'mutation',
  name: 'set_all',
  codec: setAllCodec,
}

export const setAvatar: MutationDefinition<SetAvatarArgs, boolean> = {
  kind: 'mutation',
  name: 'set_avatar',
  codec: setAvatarCodec,
}

export const export_: JobDefinition<{ format: string }, void> = {
  kind: 'job',
  name: 'export',
  codec: exportCodec,
}

export const trackExport = (client: Client, args: { format: string }): JobHandle<void> =>
  client.start(export_, args)

export const exportAll: JobDefinition<{ all: Filter[] }, void> = {
  kind: 'job',
  name: 'export_all',
  codec: exportAllCodec,
}

export const trackExportAll = (client: Client, args: { all: Filter[] }): JobHandle<void> =>
  client.start(exportAll, args)

export const exportJson: JobDefinition<{ data: unknown }, void> = {
  kind: 'job',
  name: 'export_json',
  codec: exportJsonCodec,
}

export const trackExportJson = (client: Client, args: { data: unknown }): JobHandle<void> =>
  client.start(exportJson, args)

export const cleanUp: WorkflowDefinition<NothingArgs, void> = {
  kind: 'workflow',
  name: 'clean_up',
}

export const trackCleanUp = (client: Client, args: NothingArgs): WorkflowHandle<void> =>
  client.start(cleanUp, args)

export const verify: WorkflowDefinition<{ args: Filter }, void> = {
  kind: 'workflow',
  name: 'verify',
  codec: verifyCodec,
}

export const trackVerify = (client: Client, args: { args: Filter }): WorkflowHandle<void> =>
  client.start(verify, args)
