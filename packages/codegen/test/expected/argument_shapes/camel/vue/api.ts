// Made by headway generate. Changes are lost the next time it runs.
import type {
  JobDefinition,
  MutationDefinition,
  QueryDefinition,
  WorkflowDefinition,
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
  replaceCodec,
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

export const byAlias: QueryDefinition<{ maybeFormat?: MaybeFormat }, number> = {
  kind: 'query',
  name: 'by_alias',
  codec: byAliasCodec,
}

export const useByAlias = (
  args: MaybeRefOrGetter<{ maybeFormat?: MaybeFormat }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byAlias, args, options)

export const byFilter: QueryDefinition<{ userFilter: Filter }, number> = {
  kind: 'query',
  name: 'by_filter',
  codec: byFilterCodec,
}

export const useByFilter = (
  args: MaybeRefOrGetter<{ userFilter: Filter }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byFilter, args, options)

export const byFormat: QueryDefinition<{ format: Format }, number> = {
  kind: 'query',
  name: 'by_format',
  codec: byFormatCodec,
}

export const useByFormat = (
  args: MaybeRefOrGetter<{ format: Format }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byFormat, args, options)

export const byInput: QueryDefinition<FindInput | null, number> = {
  kind: 'query',
  name: 'by_input',
  codec: byInputCodec,
}

export const useByInput = (
  args: MaybeRefOrGetter<FindInput | null>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byInput, args, options)

export const byInputs: QueryDefinition<FindInput[], number> = {
  kind: 'query',
  name: 'by_inputs',
  codec: byInputsCodec,
}

export const useByInputs = (
  args: MaybeRefOrGetter<FindInput[]>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byInputs, args, options)

export const byName: QueryDefinition<{ name?: string | null }, number> = {
  kind: 'query',
  name: 'by_name',
  codec: byNameCodec,
}

export const useByName = (
  args: MaybeRefOrGetter<{ name?: string | null }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(byName, args, options)

export const replace: MutationDefinition<{ a: FindInput; b?: Filter | null }, TokenPair> = {
  kind: 'mutation',
  name: 'replace',
  codec: replaceCodec,
}

export const useReplace = (): UsedMutation<{ a: FindInput; b?: Filter | null }, TokenPair> =>
  useMutation(replace)

export const setAll: MutationDefinition<{ input: Record<string, FindInput> }, number> = {
  kind: 'mutation',
  name: 'set_all',
  codec: setAllCodec,
}

export const useSetAll = (): UsedMutation<{ input: Record<string, FindInput> }, number> =>
  useMutation(setAll)

export const setAvatar: MutationDefinition<SetAvatarArgs, boolean> = {
  kind: 'mutation',
  name: 'set_avatar',
  codec: setAvatarCodec,
}

export const useSetAvatar = (): UsedMutation<SetAvatarArgs, boolean> => useMutation(setAvatar)

export const export_: JobDefinition<{ format: string }, void> = {
  kind: 'job',
  name: 'export',
  codec: exportCodec,
}

export const useExport = (
  options?: UseJobOptions<{ format: string }, void>,
): UsedJob<{ format: string }, void> => useJob(export_, options)

export const exportAll: JobDefinition<{ all: Filter[] }, void> = {
  kind: 'job',
  name: 'export_all',
  codec: exportAllCodec,
}

export const useExportAll = (
  options?: UseJobOptions<{ all: Filter[] }, void>,
): UsedJob<{ all: Filter[] }, void> => useJob(exportAll, options)

export const exportJson: JobDefinition<{ data: unknown }, void> = {
  kind: 'job',
  name: 'export_json',
  codec: exportJsonCodec,
}

export const useExportJson = (
  options?: UseJobOptions<{ data: unknown }, void>,
): UsedJob<{ data: unknown }, void> => useJob(exportJson, options)

export const cleanUp: WorkflowDefinition<NothingArgs, void> = {
  kind: 'workflow',
  name: 'clean_up',
}

export const useCleanUp = (
  options?: UseWorkflowOptions<NothingArgs, void>,
): UsedWorkflow<NothingArgs, void> => useWorkflow(cleanUp, options)

export const verify: WorkflowDefinition<{ args: Filter }, void> = {
  kind: 'workflow',
  name: 'verify',
  codec: verifyCodec,
}

export const useVerify = (
  options?: UseWorkflowOptions<{ args: Filter }, void>,
): UsedWorkflow<{ args: Filter }, void> => useWorkflow(verify, options)
