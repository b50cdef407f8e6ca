// Made by headway generate. Changes are lost the next time it runs.
import {
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  type JobDefinition,
  type MutationDefinition,
  type QueryDefinition,
  type WorkflowDefinition,
  withCodec,
} from '@headway/core'
import {
  type UsedJob,
  type UsedMutation,
  type UsedQuery,
  type UsedWorkflow,
  type UseJobOptions,
  type UseQueryOptions,
  type UseWorkflowOptions,
  useJob,
  useMutation,
  useQuery,
  useWorkflow,
} from '@headway/vue'
import type { MaybeRefOrGetter } from 'vue'
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

export const byAlias: QueryDefinition<{ maybe_format?: MaybeFormat }, number> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('by_alias'), byAliasCodec)

export const useByAlias = (
  args: MaybeRefOrGetter<{ maybe_format?: MaybeFormat }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byAlias, args, options)

export const byFilter: QueryDefinition<{ user_filter: Filter }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_filter'),
  byFilterCodec,
)

export const useByFilter = (
  args: MaybeRefOrGetter<{ user_filter: Filter }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byFilter, args, options)

export const byFormat: QueryDefinition<{ format: Format }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_format'),
  byFormatCodec,
)

export const useByFormat = (
  args: MaybeRefOrGetter<{ format: Format }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byFormat, args, options)

export const byInput: QueryDefinition<FindInput | null, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_input'),
  byInputCodec,
)

export const useByInput = (
  args: MaybeRefOrGetter<FindInput | null>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byInput, args, options)

export const byInputs: QueryDefinition<FindInput[], number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_inputs'),
  byInputsCodec,
)

export const useByInputs = (
  args: MaybeRefOrGetter<FindInput[]>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byInputs, args, options)

export const byName: QueryDefinition<{ name?: string | null }, number> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('by_name'),
  byNameCodec,
)

export const useByName = (
  args: MaybeRefOrGetter<{ name?: string | null }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byName, args, options)

export const replace: MutationDefinition<{ a: FindInput; b?: Filter | null }, TokenPair> =
  /* @__PURE__ */ defineMutation('replace')

export const useReplace = (): UsedMutation<{ a: FindInput; b?: Filter | null }, TokenPair> =>
  useMutation(replace)

export const setAll: MutationDefinition<{ input: Record<string, FindInput> }, number> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineMutation('set_all'), setAllCodec)

export const useSetAll = (): UsedMutation<{ input: Record<string, FindInput> }, number> =>
  useMutation(setAll)

export const setAvatar: MutationDefinition<SetAvatarArgs, boolean> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('set_avatar'),
  setAvatarCodec,
)

export const useSetAvatar = (): UsedMutation<SetAvatarArgs, boolean> => useMutation(setAvatar)

export const export_: JobDefinition<{ format: string }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('export'),
  exportCodec,
)

export const useExport = (
  options?: UseJobOptions<{ format: string }, void>,
): UsedJob<{ format: string }, void> => useJob(export_, options)

export const exportAll: JobDefinition<{ all: Filter[] }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('export_all'),
  exportAllCodec,
)

export const useExportAll = (
  options?: UseJobOptions<{ all: Filter[] }, void>,
): UsedJob<{ all: Filter[] }, void> => useJob(exportAll, options)

export const exportJson: JobDefinition<{ data: unknown }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineJob('export_json'),
  exportJsonCodec,
)

export const useExportJson = (
  options?: UseJobOptions<{ data: unknown }, void>,
): UsedJob<{ data: unknown }, void> => useJob(exportJson, options)

export const cleanUp: WorkflowDefinition<NothingArgs, void> =
  /* @__PURE__ */ defineWorkflow('clean_up')

export const useCleanUp = (
  options?: UseWorkflowOptions<NothingArgs, void>,
): UsedWorkflow<NothingArgs, void> => useWorkflow(cleanUp, options)

export const verify: WorkflowDefinition<{ args: Filter }, void> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('verify'),
  verifyCodec,
)

export const useVerify = (
  options?: UseWorkflowOptions<{ args: Filter }, void>,
): UsedWorkflow<{ args: Filter }, void> => useWorkflow(verify, options)
