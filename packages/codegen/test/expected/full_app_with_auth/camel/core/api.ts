// Made by headway generate. Changes are lost the next time it runs.
import type {
  Client,
  JobDefinition,
  JobHandle,
  MutationDefinition,
  NoArgs,
  QueryDefinition,
  WorkflowDefinition,
  WorkflowHandle,
} from '@headway/core'
import {
  buildReportCodec,
  cleanupOldTodosCodec,
  countByStatusCodec,
  createTodoCodec,
  listMyTodosCodec,
  refreshCodec,
} from './convert.js'
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
} from './types.js'

export const countByStatus: QueryDefinition<{ status: TodoStatus }, number> = {
  kind: 'query',
  name: 'count_by_status',
  codec: countByStatusCodec,
}

export const listMyTodos: QueryDefinition<NoArgs, Todo[]> = {
  kind: 'query',
  name: 'list_my_todos',
  codec: listMyTodosCodec,
}

export const createTodo: MutationDefinition<CreateTodoInput, Todo> = {
  kind: 'mutation',
  name: 'create_todo',
  codec: createTodoCodec,
}

export const deleteTodo: MutationDefinition<{ id: string }, boolean> = {
  kind: 'mutation',
  name: 'delete_todo',
}

/** A new pair of tokens for an old one. */
export const refresh: MutationDefinition<RefreshInput, TokenPair> = {
  kind: 'mutation',
  name: 'refresh',
  codec: refreshCodec,
}

export const cleanupOldTodos: JobDefinition<{ request: CleanupRequest }, CleanupOutput> = {
  kind: 'job',
  name: 'cleanup_old_todos',
  codec: cleanupOldTodosCodec,
}

export const trackCleanupOldTodos = (
  client: Client,
  args: { request: CleanupRequest },
): JobHandle<CleanupOutput> => client.start(cleanupOldTodos, args)

export const buildReport: WorkflowDefinition<ReportInput, ReportOutput> = {
  kind: 'workflow',
  name: 'build_report',
  codec: buildReportCodec,
}

export const trackBuildReport = (client: Client, args: ReportInput): WorkflowHandle<ReportOutput> =>
  client.start(buildReport, args)
