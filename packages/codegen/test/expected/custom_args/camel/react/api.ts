// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition, NoArgs, QueryDefinition } from '@headway/core'
import {
  type UsedMutation,
  type UsedQuery,
  type UseQueryOptions,
  useMutation,
  useQuery,
} from '@headway/react'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types'

export const listTodos: QueryDefinition<NoArgs, Todo[]> = {
  kind: 'query',
  name: 'list_todos',
}

export const useListTodos = (options?: UseQueryOptions): UsedQuery<Todo[]> =>
  useQuery(listTodos, null, options)

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

export const updateTodo: MutationDefinition<UpdateTodoInput, Todo> = {
  kind: 'mutation',
  name: 'update_todo',
}

export const useUpdateTodo = (): UsedMutation<UpdateTodoInput, Todo> => useMutation(updateTodo)
