// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type {
  CleanupOutput,
  CleanupRequest,
  CreateTodoInput,
  RefreshInput,
  ReportInput,
  ReportOutput,
  Todo,
  TodoStatus,
  TokenPair,
} from './types'

export const countByStatusCodec: Codec<{ status: TodoStatus }, number> = {
  toWire: ({ status }) => status,
}

export const listMyTodosCodec: Codec<null, Todo[]> = {
  fromWire: (output: TodoWire[]) => output.map(todoFromWire),
}

export const createTodoCodec: Codec<CreateTodoInput, Todo> = {
  fromWire: todoFromWire,
}

export const refreshCodec: Codec<RefreshInput, TokenPair> = {
  toWire: refreshInputToWire,
  fromWire: tokenPairFromWire,
}

export const cleanupOldTodosCodec: Codec<{ request: CleanupRequest }, CleanupOutput> = {
  toWire: ({ request }) => cleanupRequestToWire(request),
  fromWire: cleanupOutputFromWire,
}

export const buildReportCodec: Codec<ReportInput, ReportOutput> = {
  toWire: reportInputToWire,
}

interface CleanupOutputWire {
  deleted_count: number
}

interface CleanupRequestWire {
  older_than_days: number
}

interface RefreshInputWire {
  refresh_token: string
}

interface ReportInputWire {
  user_id: string
}

interface TodoWire {
  id: string
  user_id: string
  title: string
  status: TodoStatus
  due_at: string | null
  created_at: string
}

interface TokenPairWire {
  access_token: string
  refresh_token: string
}

function cleanupOutputFromWire(wire: CleanupOutputWire): CleanupOutput {
  return {
    deletedCount: wire.deleted_count,
  }
}

function cleanupRequestToWire(value: CleanupRequest): CleanupRequestWire {
  return {
    older_than_days: value.olderThanDays,
  }
}

function refreshInputToWire(value: RefreshInput): RefreshInputWire {
  return {
    refresh_token: value.refreshToken,
  }
}

function reportInputToWire(value: ReportInput): ReportInputWire {
  return {
    user_id: value.userId,
  }
}

function todoFromWire(wire: TodoWire): Todo {
  return {
    id: wire.id,
    userId: wire.user_id,
    title: wire.title,
    status: wire.status,
    dueAt: wire.due_at,
    createdAt: wire.created_at,
  }
}

function tokenPairFromWire(wire: TokenPairWire): TokenPair {
  return {
    accessToken: wire.access_token,
    refreshToken: wire.refresh_token,
  }
}
