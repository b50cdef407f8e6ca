import { isRecord, parseJson } from '@headway/core/protocol'
import type { Job } from 'bullmq'
import { isUuid } from '../uuid.ts'
import type { NewTask, TakenTask } from './engine.ts'

/** The data that we store in a job of BullMQ. */
export interface TaskData {
  runId: string
  /** JSON text, since BullMQ's tables can hold neither \u0000 nor half a surrogate pair. */
  args: string
}

export function toData({ runId, args }: Pick<NewTask, 'runId' | 'args'>): TaskData {
  return { runId, args: JSON.stringify(args ?? null) }
}

/**
 * The task that a job of the queue is; `null`: another program has put it there, since it holds no
 * run and its arguments.
 */
export function toTask({ id, name, data, opts, attemptsMade }: Job): TakenTask | null {
  if (!isRecord(data)) return null
  const { runId, args: text } = data
  if (typeof runId !== 'string' || !isUuid(runId) || typeof text !== 'string') return null
  const args = parseJson(text)
  if (args === undefined) return null
  const attempts = opts.attempts ?? 1
  const isLastAttempt = attemptsMade + 1 >= attempts
  return { id: String(id), runId, name, args, attempts, isLastAttempt }
}
