// Made by headway generate. Changes are lost the next time it runs.
import {
  defineMutation,
  defineQuery,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
} from '@headway/core'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types.js'

export const listTodos: QueryDefinition<NoArgs, Todo[]> = defineQuery('list_todos')

export const createTodo: MutationDefinition<CreateTodoInput, Todo> = defineMutation('create_todo')

export const deleteTodo: MutationDefinition<{ id: string }, boolean> = defineMutation('delete_todo')

export const updateTodo: MutationDefinition<UpdateTodoInput, Todo> = defineMutation('update_todo')
