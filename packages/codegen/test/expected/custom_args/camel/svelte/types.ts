// Made by headway generate. Changes are lost the next time it runs.
export interface CreateTodoInput {
  title: string
}

export interface Todo {
  id: string
  title: string
  completed: boolean
}

/** What is left out stays as it is. */
export interface UpdateTodoInput {
  id: string
  title?: string | null
  completed?: boolean | null
}

export type { Cursor, ForgeError, QueryResult, SubscriptionResult } from '@headway/svelte/forge'
