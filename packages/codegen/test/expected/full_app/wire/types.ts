// Made by headway generate. Changes are lost the next time it runs.
export interface CleanupOutput {
  deleted_count: number
}

export interface CleanupRequest {
  older_than_days: number
}

export interface CreateTodoInput {
  title: string
  status: TodoStatus
}

export interface ReportInput {
  user_id: string
}

export interface ReportOutput {
  url: string
}

export interface Todo {
  id: string
  user_id: string
  title: string
  status: TodoStatus
  due_at: string | null
  created_at: string
}

export type TodoStatus = 'open' | 'in_progress' | 'done'
