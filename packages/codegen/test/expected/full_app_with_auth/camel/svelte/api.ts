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

export const countByStatus = (args: { status: TodoStatus }): Promise<number> =>
  call<{ status: TodoStatus }, number>('count_by_status', args, countByStatusCodec)

export const countByStatusStore$ = (args: { status: TodoStatus }): SubscriptionStore<number> =>
  createSubscriptionStore<{ status: TodoStatus }, number>(
    'count_by_status',
    args,
    countByStatusCodec,
  )

export const listMyTodos = (): Promise<Todo[]> =>
  call<null, Todo[]>('list_my_todos', null, listMyTodosCodec)

export const listMyTodosStore$ = (): SubscriptionStore<Todo[]> =>
  createSubscriptionStore<null, Todo[]>('list_my_todos', null, listMyTodosCodec)

export const createTodo = (args: CreateTodoInput): Promise<Todo> =>
  call<CreateTodoInput, Todo>('create_todo', args, createTodoCodec)

export const deleteTodo = (args: { id: string }): Promise<boolean> =>
  call<{ id: string }, boolean>('delete_todo', args)

/** A new pair of tokens for an old one. */
export const refresh = (args: RefreshInput): Promise<TokenPair> =>
  call<RefreshInput, TokenPair>('refresh', args, refreshCodec)

export const cleanupOldTodos: JobDefinition<{ request: CleanupRequest }, CleanupOutput> = {
  kind: 'job',
  name: 'cleanup_old_todos',
  codec: cleanupOldTodosCodec,
}

export const trackCleanupOldTodos = (args: { request: CleanupRequest }): JobStore<CleanupOutput> =>
  createJobStore<{ request: CleanupRequest }, CleanupOutput>(
    'cleanup_old_todos',
    args,
    cleanupOldTodosCodec,
  )

export const buildReport: WorkflowDefinition<ReportInput, ReportOutput> = {
  kind: 'workflow',
  name: 'build_report',
  codec: buildReportCodec,
}

export const trackBuildReport = (args: ReportInput): WorkflowStore<ReportOutput> =>
  createWorkflowStore<ReportInput, ReportOutput>('build_report', args, buildReportCodec)
