// Made by headway generate. Changes are lost the next time it runs.
import {
  type ReactiveMutation,
  type ReactiveQuery,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
import { createTodo, deleteTodo, listTodosStore$, updateTodo } from './api'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types'

export const listTodos$ = (): ReactiveQuery<Todo[]> => toReactive(listTodosStore$())

export const createTodo$ = (): ReactiveMutation<CreateTodoInput, Todo> =>
  toReactiveMutation(createTodo)

export const deleteTodo$ = (): ReactiveMutation<{ id: string }, boolean> =>
  toReactiveMutation(deleteTodo)

export const updateTodo$ = (): ReactiveMutation<UpdateTodoInput, Todo> =>
  toReactiveMutation(updateTodo)
