// Made by headway generate. Changes are lost the next time it runs.
import {
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  type JobDefinition,
  type MutationDefinition,
  type NoArgs,
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
  buildReportCodec,
  cleanupOldTodosCodec,
  countByStatusCodec,
  createTodoCodec,
  listMyTodosCodec,
  refreshCodec,
} from './convert'
import type {
  CleanupOutput,
  CleanupRequest,
  CreateTodoInput,
  RefreshInput,
  ReportInput,
  ReportOutput,
  Todo,
  TodoStatus,
  TokenPair,
} from './types'

export const countByStatus: QueryDefinition<{ status: TodoStatus }, number> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('count_by_status'), countByStatusCodec)

export const useCountByStatus = (
  args: MaybeRefOrGetter<{ status: TodoStatus }>,
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(countByStatus, args, options)

export const listMyTodos: QueryDefinition<NoArgs, Todo[]> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineQuery('list_my_todos'),
  listMyTodosCodec,
)

export const useListMyTodos = (options?: UseQueryOptions): UsedQuery<Todo[]> =>
  useQuery(listMyTodos, null, options)

export const createTodo: MutationDefinition<CreateTodoInput, Todo> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('create_todo'),
  createTodoCodec,
)

export const useCreateTodo = (): UsedMutation<CreateTodoInput, Todo> => useMutation(createTodo)

export const deleteTodo: MutationDefinition<{ id: string }, boolean> =
  /* @__PURE__ */ defineMutation('delete_todo')

export const useDeleteTodo = (): UsedMutation<{ id: string }, boolean> => useMutation(deleteTodo)

/** A new pair of tokens for an old one. */
export const refresh: MutationDefinition<RefreshInput, TokenPair> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineMutation('refresh'),
  refreshCodec,
)

/** A new pair of tokens for an old one. */
export const useRefresh = (): UsedMutation<RefreshInput, TokenPair> => useMutation(refresh)

export const cleanupOldTodos: JobDefinition<{ request: CleanupRequest }, CleanupOutput> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('cleanup_old_todos'), cleanupOldTodosCodec)

export const useCleanupOldTodos = (
  options?: UseJobOptions<{ request: CleanupRequest }, CleanupOutput>,
): UsedJob<{ request: CleanupRequest }, CleanupOutput> => useJob(cleanupOldTodos, options)

export const buildReport: WorkflowDefinition<ReportInput, ReportOutput> = /* @__PURE__ */ withCodec(
  /* @__PURE__ */ defineWorkflow('build_report'),
  buildReportCodec,
)

export const useBuildReport = (
  options?: UseWorkflowOptions<ReportInput, ReportOutput>,
): UsedWorkflow<ReportInput, ReportOutput> => useWorkflow(buildReport, options)
