import type { ServerEvent } from './server-event.ts'
import type { SnapshotTimes, SnapshotTotals } from './snapshot-members.ts'
import type { JobSnapshot } from './snapshots.ts'

/** A comment line. It is not an event, but its bytes show both ends that the other is alive. */
export const ping = ': ping\n\n'

/** Encodes one event as Server-Sent Events text: its type, and one `data` line of compact JSON. */
export function encodeEvent(event: ServerEvent): string {
  // [spec] A line feed would end the `data` line. JSON.stringify without indentation writes none.
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

type Extras = SnapshotTimes & SnapshotTotals & Pick<JobSnapshot, 'position'>

/** The snapshot of a job on our servers: only times, totals and counts may be absent. */
export type WholeJobSnapshot = JobSnapshot & Required<Omit<JobSnapshot, keyof Extras>>

/**
 * Encodes the update of a job. The text is the same as from `encodeEvent`, in half the time: most
 * frames of a busy server are job updates. Times, totals and counts that are `undefined` are left
 * out.
 */
export function encodeJobUpdate(target: string, snapshot: WholeJobSnapshot): string {
  const { job_id, status, progress, message, output, error, revision, attempt } = snapshot
  const result = output === null ? 'null' : JSON.stringify(output)
  // JSON has no value for this output, so JSON.stringify leaves the member out.
  if (result === undefined) return encodeEvent({ type: 'update', target, payload: snapshot })
  const life = `"job_id":${toJson(job_id)},"status":${toJson(status)},"progress":${toJson(progress)}`
  const ends = `"message":${toJson(message)},"output":${result},"error":${toJson(error)}`
  const counts = `"revision":${toJson(revision)},"attempt":${toJson(attempt)}`
  const payload = `{${life},${ends}${encodeExtras(snapshot)},${counts}}`
  return `event: update\ndata: {"type":"update","target":${toJson(target)},"payload":${payload}}\n\n`
}

function encodeExtras({
  position,
  done,
  total,
  unit,
  children,
  created_at,
  started_at,
  finished_at,
}: Extras): string {
  let text = ''
  if (position !== undefined) text += `,"position":${toJson(position)}`
  if (done !== undefined) text += `,"done":${toJson(done)}`
  if (total !== undefined) text += `,"total":${toJson(total)}`
  if (unit !== undefined) text += `,"unit":${toJson(unit)}`
  if (children !== undefined) text += `,"children":${JSON.stringify(children)}`
  if (created_at !== undefined) text += `,"created_at":${toJson(created_at)}`
  if (started_at !== undefined) text += `,"started_at":${toJson(started_at)}`
  if (finished_at !== undefined) text += `,"finished_at":${toJson(finished_at)}`
  return text
}

/**
 * Text without characters that JSON escapes [RFC 8259, 7]. JSON.stringify escapes lone surrogates,
 * too [ECMA-262, QuoteJSONString].
 */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

/**
 * Encodes a JSON value. Most texts need no escape, and a regular expression finds that out faster
 * than `JSON.stringify`.
 */
function toJson(value: string | number | null): string {
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value)
  return Number.isFinite(value) ? `${value}` : 'null'
}
