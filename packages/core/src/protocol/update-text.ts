import { isRecord, parseJson } from './json.ts'
import type { TargetKind } from './server-event.ts'

/*
 * What is read of the text of an `update` without parsing all of it. It is as our servers write it: `type`, `target`,
 * `payload`, and of a query `revision`; a run's payload ends with its revision and its attempt. Text that is written
 * otherwise is parsed as a whole.
 */

/** How the text of an `update` begins. */
export const updatePrefix = '{"type":"update","target":"'

const payloadMember = '","payload":'
const revisionMember = '"revision":'

/** The target that the text is about: where its name begins and ends. `-1` when the text is written otherwise. */
export function targetEnd(data: string): number {
  return data.startsWith(updatePrefix) ? data.indexOf('"', updatePrefix.length) : -1
}

/**
 * What an update says: the payload, and the revision beside it; `null` when it is malformed.
 *
 * @param kind what its target is: a query's revision follows the payload
 */
export function decodeUpdate(
  data: string,
  kind: TargetKind,
): { payload: unknown; revision: number | undefined } | null {
  const end = targetEnd(data)
  if (kind !== 'query' && end !== -1 && data.startsWith(payloadMember, end)) {
    // Nothing is made of the names around it, which are known.
    const payload = parseJson(data.slice(end + payloadMember.length, -1))
    if (payload !== undefined) return { payload, revision: undefined }
  }
  const event = parseJson(data)
  if (!isRecord(event)) return null
  const { payload, revision } = event
  return { payload, revision: typeof revision === 'number' ? revision : undefined }
}

/** Where the revision stood in the text before, counted from its end: nearly always the next one stands there, too. */
let fromEnd = 0

/** The revision of an update; `NaN` when there is none. It is the last one in the text. */
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
