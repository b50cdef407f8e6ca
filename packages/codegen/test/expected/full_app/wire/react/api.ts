// Made by headway generate. Changes are lost the next time it runs.
import type {
  JobDefinition,
  MutationDefinition,
  NoArgs,
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
} from '@headway/react'
import { cleanupOldTodosCodec, countByStatusCodec } from './convert'
import type {
  CleanupOutput,
  CleanupRequest,
  CreateTodoInput,
  ReportInput,
  ReportOutput,
  Todo,
  TodoStatus,
} from './types'

export const countByStatus: QueryDefinition<{ status: TodoStatus }, number> = {
  kind: 'query',
  name: 'count_by_status',
  codec: countByStatusCodec,
}

export const useCountByStatus = (
  args: { status: TodoStatus },
  options?: UseQueryOptions,
): UsedQuery<number> => useQuery(countByStatus, args, options)

export const listMyTodos: QueryDefinition<NoArgs, Todo[]> = {
  kind: 'query',
  name: 'list_my_todos',
}

export const useListMyTodos = (options?: UseQueryOptions): UsedQuery<Todo[]> =>
  useQuery(listMyTodos, null, options)

export const createTodo: MutationDefinition<CreateTodoInput, Todo> = {
  kind: 'mutation',
  name: 'create_todo',
}

export const useCreateTodo = (): UsedMutation<CreateTodoInput, Todo> => useMutation(createTodo)

export const deleteTodo: MutationDefinition<{ id: string }, boolean> = {
  kind: 'mutation',
  name: 'delete_todo',
}

export const useDeleteTodo = (): UsedMutation<{ id: string }, boolean> => useMutation(deleteTodo)

export const cleanupOldTodos: JobDefinition<{ request: CleanupRequest }, CleanupOutput> = {
  kind: 'job',
  name: 'cleanup_old_todos',
  codec: cleanupOldTodosCodec,
}

export const useCleanupOldTodos = (
  options?: UseJobOptions<{ request: CleanupRequest }, CleanupOutput>,
): UsedJob<{ request: CleanupRequest }, CleanupOutput> => useJob(cleanupOldTodos, options)

export const buildReport: WorkflowDefinition<ReportInput, ReportOutput> = {
  kind: 'workflow',
  name: 'build_report',
}

export const useBuildReport = (
  options?: UseWorkflowOptions<ReportInput, ReportOutput>,
): UsedWorkflow<ReportInput, ReportOutput> => useWorkflow(buildReport, options)
