// Made by headway generate. Changes are lost the next time it runs.
import {
  defineMutation,
  defineQuery,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
} from '@headway/core'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types.js'

export const listTodos: QueryDefinition<NoArgs, Todo[]> = /* @__PURE__ */ defineQuery('list_todos')

export const createTodo: MutationDefinition<CreateTodoInput, Todo> =
  /* @__PURE__ */ defineMutation('create_todo')

export const deleteTodo: MutationDefinition<{ id: string }, boolean> =
  /* @__PURE__ */ defineMutation('delete_todo')

export const updateTodo: MutationDefinition<UpdateTodoInput, Todo> =
  /* @__PURE__ */ defineMutation('update_todo')
