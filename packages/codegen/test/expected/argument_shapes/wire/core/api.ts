// Made by headway generate. Changes are lost the next time it runs.
import {
  type Client,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  type JobDefinition,
  type JobHandle,
  type MutationDefinition,
  type QueryDefinition,
  type WorkflowDefinition,
  type WorkflowHandle,
  withCodec,
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

export const byAlias: QueryDefinition<{ maybe_format?: MaybeFormat }, number> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('by_alias'), byAliasCodec)

export const byFilter: QueryDefinition<{ user_filter: Filter }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_filter'),
  byFilterCodec,
)

export const byFormat: QueryDefinition<{ format: Format }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_format'),
  byFormatCodec,
)

export const byInput: QueryDefinition<FindInput | null, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_input'),
  byInputCodec,
)

export const byInputs: QueryDefinition<FindInput[], number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_inputs'),
  byInputsCodec,
)

export const byName: QueryDefinition<{ name?: string | null }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_name'),
  byNameCodec,
)

export const replace: MutationDefinition<{ a: FindInput; b?: Filter | null }, TokenPair> =
  /* @__PURE__ */ defineMutation('replace')

export const setAll: MutationDefinition<{ input: Record<string, FindInput> }, number> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('set_all'), setAllCodec)

export const setAvatar: MutationDefinition<SetAvatarArgs, boolean> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('set_avatar'),
  setAvatarCodec,
)

export const export_: JobDefinition<{ format: string }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('export'),
  exportCodec,
)

export const trackExport = (client: Client, args: { format: string }): JobHandle<void> =>
  client.start(export_, args)

export const exportAll: JobDefinition<{ all: Filter[] }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('export_all'),
  exportAllCodec,
)

export const trackExportAll = (client: Client, args: { all: Filter[] }): JobHandle<void> =>
  client.start(exportAll, args)

export const exportJson: JobDefinition<{ data: unknown }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('export_json'),
  exportJsonCodec,
)

export const trackExportJson = (client: Client, args: { data: unknown }): JobHandle<void> =>
  client.start(exportJson, args)

export const cleanUp: WorkflowDefinition<NothingArgs, void> =
  /* @__PURE__ */ defineWorkflow('clean_up')

export const trackCleanUp = (client: Client, args: NothingArgs): WorkflowHandle<void> =>
  client.start(cleanUp, args)

export const verify: WorkflowDefinition<{ args: Filter }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('verify'),
  verifyCodec,
)

export const trackVerify = (client: Client, args: { args: Filter }): WorkflowHandle<void> =>
  client.start(verify, args)
