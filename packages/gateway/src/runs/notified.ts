import { isRecord, parseJson } from '@headway/core/protocol'
import type { Logger } from 'pino'
import { sql } from '../sql.ts'
import { isUuid } from '../uuid.ts'
import type { Queryable } from './progress-writer.ts'

/** The channel on which a raw `NOTIFY` changes a run: `{ "job_id", "status"?, "progress"?, … }`. */
export const notifiedChannel = 'forge_job_updates'

const statuses: ReadonlySet<unknown> = new Set([
  'pending',
  'claimed',
  'running',
  'retry',
  'cancel_requested',
  'completed',
  'failed',
  'dead_letter',
  'cancelled',
])

/**
 * Merges the fields of raw notifications into their rows; then they count as changes. What cannot be
 * merged is logged, and nothing else comes of it: anybody with the database's password may send anything.
 */
export function createNotified(pool: Queryable, logger: Logger): (payload: string) => void {
  const query = sql('runs/sql/merge-notified')
  return (payload) => {
    const fields = parseJson(payload)
    const trouble = troubleWith(fields)
    if (trouble !== null) return logger.warn({ payload }, `${notifiedChannel}: ${trouble}`)
    const { job_id, ...given } = fields as Record<string, unknown>
    pool.query(query, [job_id, JSON.stringify(given)]).catch((error: unknown) => {
      logger.warn({ err: error, payload }, `${notifiedChannel}: it could not be merged`)
    })
  }
}

/** What is wrong with a payload; `null` when nothing is. Pure. */
export function troubleWith(fields: unknown): string | null {
  if (!isRecord(fields)) return 'the payload is no JSON object'
  const { job_id, status, progress, message, error } = fields
  if (typeof job_id !== 'string' || !isUuid(job_id)) return '"job_id" is no UUID'
  if (status !== undefined && !statuses.has(status))
    return `there is no status ${JSON.stringify(status)}`
  const isPercent = typeof progress === 'number' && progress >= 0 && progress <= 100
  if (progress !== undefined && progress !== null && !isPercent) return '"progress" is not 0 to 100'
  for (const [name, text] of Object.entries({ message, error })) {
    if (text !== undefined && text !== null && typeof text !== 'string')
      return `"${name}" is no text`
  }
  return null
}
