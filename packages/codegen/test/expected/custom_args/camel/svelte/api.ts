// Made by headway generate. Changes are lost the next time it runs.
import { call, createSubscriptionStore, type SubscriptionStore } from '@headway/svelte'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types'

export const listTodos = (): Promise<Todo[]> => call<null, Todo[]>('list_todos', null)

export const listTodosStore$ = (): SubscriptionStore<Todo[]> =>
  createSubscriptionStore<null, Todo[]>('list_todos', null)

export const createTodo = (args: CreateTodoInput): Promise<Todo> =>
  call<CreateTodoInput, Todo>('create_todo', args)

export const deleteTodo = (args: { id: string }): Promise<boolean> =>
  call<{ id: string }, boolean>('delete_todo', args)

export const updateTodo = (args: UpdateTodoInput): Promise<Todo> =>
  call<UpdateTodoInput, Todo>('update_todo', args)
