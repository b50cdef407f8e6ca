// Made by headway generate. Changes are lost the next time it runs.
import type { Codec } from '@headway/core'
import type { CleanupOutput, CleanupRequest, TodoStatus } from './types.js'

export const countByStatusCodec: Codec<{ status: TodoStatus }, number> = {
  toWire: ({ status }) => status,
}

export const cleanupOldTodosCodec: Codec<{ request: CleanupRequest }, CleanupOutput> = {
  toWire: ({ request }) => request,
}
