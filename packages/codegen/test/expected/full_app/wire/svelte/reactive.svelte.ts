// Made by headway generate. Changes are lost the next time it runs.
import {
  type ReactiveMutation,
  type ReactiveQuery,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
import { countByStatusStore$, createTodo, deleteTodo, listMyTodosStore$ } from './api'
import type { CreateTodoInput, Todo, TodoStatus } from './types'

export const countByStatus$ = (args: { status: TodoStatus }): ReactiveQuery<number> =>
  toReactive(countByStatusStore$(args))

export const listMyTodos$ = (): ReactiveQuery<Todo[]> => toReactive(listMyTodosStore$())

export const createTodo$ = (): ReactiveMutation<CreateTodoInput, Todo> =>
  toReactiveMutation(createTodo)

export const deleteTodo$ = (): ReactiveMutation<{ id: string }, boolean> =>
  toReactiveMutation(deleteTodo)
