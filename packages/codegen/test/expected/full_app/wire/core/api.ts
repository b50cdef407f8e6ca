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
  type NoArgs,
  type QueryDefinition,
  type WorkflowDefinition,
  type WorkflowHandle,
  withCodec,
} from '@headway/core'
import { cleanupOldTodosCodec, countByStatusCodec } from './convert.js'
import type {
  CleanupOutput,
  CleanupRequest,
  CreateTodoInput,
  ReportInput,
  ReportOutput,
  Todo,
  TodoStatus,
} from './types.js'

export const countByStatus: QueryDefinition<{ status: TodoStatus }, number> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineQuery('count_by_status'), countByStatusCodec)

export const listMyTodos: QueryDefinition<NoArgs, Todo[]> =
  /* @__PURE__ */ defineQuery('list_my_todos')

export const createTodo: MutationDefinition<CreateTodoInput, Todo> =
  /* @__PURE__ */ defineMutation('create_todo')

export const deleteTodo: MutationDefinition<{ id: string }, boolean> =
  /* @__PURE__ */ defineMutation('delete_todo')

export const cleanupOldTodos: JobDefinition<{ request: CleanupRequest }, CleanupOutput> =
  /* @__PURE__ */ withCodec(/* @__PURE__ */ defineJob('cleanup_old_todos'), cleanupOldTodosCodec)

export const trackCleanupOldTodos = (
  client: Client,
  args: { request: CleanupRequest },
): JobHandle<CleanupOutput> => client.start(cleanupOldTodos, args)

export const buildReport: WorkflowDefinition<ReportInput, ReportOutput> =
  /* @__PURE__ */ defineWorkflow('build_report')

export const trackBuildReport = (client: Client, args: ReportInput): WorkflowHandle<ReportOutput> =>
  client.start(buildReport, args)
