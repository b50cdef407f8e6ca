import { isRecord, parseJson } from './json.ts'
import type { TargetKind } from './target.ts'

/*
 * These functions read parts of an `update` without parsing all of its text. They expect the
 * members in the order of our servers: `type`, `target`, `payload`, then a query's `revision`. A
 * run's payload ends with its revision and its attempt. Text in another order is parsed completely.
 */

/** The start of the text of an `update`. The target follows it. */
export const updatePrefix = '{"type":"update","target":"'

const payloadMember = '","payload":'
const revisionMember = '"revision":'

/**
 * The index after the target, which starts after {@link updatePrefix}. `-1` for text in another
 * order.
 */
export function targetEnd(data: string): number {
  return data.startsWith(updatePrefix) ? data.indexOf('"', updatePrefix.length) : -1
}

/**
 * The payload of an update, and the revision beside it; `null` if the update is malformed.
 *
 * @param kind the kind of its target: only a query has its revision beside the payload
 */
export function decodeUpdate(
  data: string,
  kind: TargetKind,
): { payload: unknown; revision: number | undefined } | null {
  const end = targetEnd(data)
  if (kind !== 'query' && end !== -1 && data.startsWith(payloadMember, end)) {
    // Parses only the payload, since the members around it are known.
    const payload = parseJson(data.slice(end + payloadMember.length, -1))
    if (payload !== undefined) return { payload, revision: undefined }
  }
  const event = parseJson(data)
  if (!isRecord(event)) return null
  const { payload, revision } = event
  return { payload, revision: typeof revision === 'number' ? revision : undefined }
}

/**
 * The last position of a revision, counted from the end of the text. Most updates have it there.
 */
let fromEnd = 0

/** The revision of an update: the last one in the text. `NaN` if there is none. */
export function revisionIn(data: string): number {
  let at = data.length - fromEnd
  if (!data.startsWith(revisionMember, at)) {
    at = data.lastIndexOf(revisionMember)
    if (at === -1) return Number.NaN
    fromEnd = data.length - at
  }
  let revision = 0
  for (let index = at + revisionMember.length; index < data.length; index += 1) {
    const digit = data.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) break
    revision = revision * 10 + digit
  }
  return revision
}
