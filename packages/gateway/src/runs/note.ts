import { isRecord, isTerminalStatus, jobStatuses } from '@headway/core/protocol'
import { toErrorText, toMessageText } from '../bound-text.ts'
import { toJson } from '../postgres-text.ts'
import { isUuid } from '../uuid.ts'

/** The content of a raw notification about a job, as PostgreSQL can hold it. */
export interface Note {
  runId: string
  /** The given fields; the others stay. */
  fields: NoteFields
  /** As JSON text; `null` when none was given. */
  output: string | null
}

/** The fields of a note beside its output. */
export interface NoteFields {
  status?: string
  progress?: number | null
  message?: string | null
  error?: string | null
}

/** The statuses that a note may set: `not_found` is only an answer about a missing run. */
const statuses: ReadonlySet<unknown> = new Set(
  jobStatuses.filter((status) => status !== 'not_found'),
)

/** The problem of a payload in words; `null` when it is valid. Pure. */
export function troubleWith(fields: unknown): string | null {
  if (!isRecord(fields)) return 'the payload must be a JSON object'
  const { job_id, status, progress, message, error } = fields
  if (typeof job_id !== 'string' || !isUuid(job_id)) return '"job_id" must be a UUID'
  if (status !== undefined && !statuses.has(status))
    return `"status" is ${JSON.stringify(status)}, which is unknown`
  const isPercent = typeof progress === 'number' && progress >= 0 && progress <= 100
  if (progress !== undefined && progress !== null && !isPercent)
    return '"progress" must be 0 to 100'
  for (const [name, text] of Object.entries({ message, error })) {
    if (text !== undefined && text !== null && typeof text !== 'string')
      return `"${name}" must be text`
  }
  return null
}

/**
 * A payload that {@link troubleWith} has no trouble with, as a note: text without NUL, and well-
 * formed. Pure.
 */
export function toNote(payload: Record<string, unknown>): Note {
  const { job_id, status, progress, message, error, output } = payload
  const fields = Object.fromEntries(
    Object.entries({ status, progress, message, error })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'string' ? bound(name, value) : value]),
  )
  return {
    runId: String(job_id).toLowerCase(),
    fields,
    output: output === undefined ? null : toJson(output),
  }
}

/**
 * One note for two of one run, the later one second, with the effect of both: nothing follows an
 * end. Pure.
 */
export function fold(first: Note, second: Note): Note {
  const { status } = first.fields
  if (status !== undefined && isTerminalStatus(status)) return first
  const fields = { ...first.fields, ...second.fields }
  return { ...second, fields, output: second.output ?? first.output }
}

function bound(name: string, text: string): string {
  return name === 'message' ? toMessageText(text) : toErrorText(text)
}
