import type { ServerEvent } from './server-event.ts'
import type { JobSnapshot } from './snapshots.ts'

/** A comment: no event, but a byte, so that both ends know the other is there. */
export const ping = ': ping\n\n'

/** One event as Server-Sent Events text: its type as `event`, compact JSON as the one `data` line. */
export function encodeEvent(event: ServerEvent): string {
  // [spec] data lines end at a line feed; JSON.stringify without indentation writes none.
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

/**
 * The update of a job as Server-Sent Events text: the same as `encodeEvent` gives, in half the
 * time. Most frames of a busy server are job updates, and their members are known.
 */
export function encodeJobUpdate(target: string, snapshot: Required<JobSnapshot>): string {
  const { job_id, status, progress, message, output, error, revision, attempt } = snapshot
  const result = output === null ? 'null' : JSON.stringify(output)
  // Not JSON at all: its member is left out.
  if (result === undefined) return encodeEvent({ type: 'update', target, payload: snapshot })
  const life = `"job_id":${toJson(job_id)},"status":${toJson(status)},"progress":${toJson(progress)}`
  const ends = `"message":${toJson(message)},"output":${result},"error":${toJson(error)}`
  const counts = `"revision":${toJson(revision)},"attempt":${toJson(attempt)}`
  const payload = `{${life},${ends},${counts}}`
  return `event: update\ndata: {"type":"update","target":${toJson(target)},"payload":${payload}}\n\n`
}

/**
 * [RFC 8259, 7] Text that needs no escape. [ECMA-262, QuoteJSONString] Lone surrogates are escaped,
 * too.
 */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

/**
 * A JSON value. Most texts need no escape, which a regular expression finds faster than
 * `JSON.stringify`.
 */
function toJson(value: string | number | null): string {
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value)
  return Number.isFinite(value) ? `${value}` : 'null'
}
