// Made by headway generate. Changes are lost the next time it runs.
import {
  defineMutation,
  defineQuery,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
} from '@headway/core'
import {
  type UsedMutation,
  type UsedQuery,
  type UseQueryOptions,
  useMutation,
  useQuery,
} from '@headway/vue'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types'

export const listTodos: QueryDefinition<NoArgs, Todo[]> = /* @__PURE__ */ defineQuery('list_todos')

export const useListTodos = (options?: UseQueryOptions): UsedQuery<Todo[]> =>
  useQuery(listTodos, null, options)

export const createTodo: MutationDefinition<CreateTodoInput, Todo> =
  /* @__PURE__ */ defineMutation('create_todo')

export const useCreateTodo = (): UsedMutation<CreateTodoInput, Todo> => useMutation(createTodo)

export const deleteTodo: MutationDefinition<{ id: string }, boolean> =
  /* @__PURE__ */ defineMutation('delete_todo')

export const useDeleteTodo = (): UsedMutation<{ id: string }, boolean> => useMutation(deleteTodo)

export const updateTodo: MutationDefinition<UpdateTodoInput, Todo> =
  /* @__PURE__ */ defineMutation('update_todo')

export const useUpdateTodo = (): UsedMutation<UpdateTodoInput, Todo> => useMutation(updateTodo)
