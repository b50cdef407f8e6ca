// Made by headway generate. Changes are lost the next time it runs.
export interface CleanupOutput {
  deletedCount: number
}

export interface CleanupRequest {
  olderThanDays: number
}

export interface CreateTodoInput {
  title: string
  status: TodoStatus
}

export interface RefreshInput {
  refreshToken: string
}

export interface ReportInput {
  userId: string
}

export interface ReportOutput {
  url: string
}

export interface Todo {
  id: string
  userId: string
  title: string
  status: TodoStatus
  dueAt: string | null
  createdAt: string
}

export type TodoStatus = 'open' | 'in_progress' | 'done'

export interface TokenPair {
  accessToken: string
  refreshToken: string
}

export type { Cursor, ForgeError, QueryResult, SubscriptionResult } from '@headway/svelte/forge'
