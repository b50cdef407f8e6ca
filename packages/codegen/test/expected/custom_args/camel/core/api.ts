// Made by headway generate. Changes are lost the next time it runs.
import type { MutationDefinition, NoArgs, QueryDefinition } from '@headway/core'
import type { CreateTodoInput, Todo, UpdateTodoInput } from './types.js'

export const listTodos: QueryDefinition<NoArgs, Todo[]> = {
  kind: 'query',
  name: 'list_todos',
}

export const createTodo: MutationDefinition<CreateTodoInput, Todo> = {
  kind: 'mutation',
  name: 'create_todo',
}

export const deleteTodo: MutationDefinition<{ id: string }, boolean> = {
  kind: 'mutation',
  name: 'delete_todo',
}

export const updateTodo: MutationDefinition<UpdateTodoInput, Todo> = {
  kind: 'mutation',
  name: 'update_todo',
}
