import { isRecord, type TargetKind } from '@headway/core/protocol'
import { batchTooLarge, wrongMember } from '../refusals/requests.ts'

/** How many registrations one request may make or end. @see PROTOCOL.md, "Batches" */
const maxBatch = 100

/** The items of a batch, each still to be read. Throws an {@link HttpError} when they are no list, or too many. */
export function readItems({ items }: Record<string, unknown>): Record<string, unknown>[] {
  if (!Array.isArray(items) || !items.every(isRecord)) {
    throw wrongMember('items', 'must be a list of registrations')
  }
  if (items.length <= maxBatch) return items
  throw batchTooLarge(maxBatch, items.length)
}

/** Whether this server knows registrations of such a kind. */
export function isKind(kind: unknown): kind is TargetKind {
  return kind === 'job' || kind === 'workflow' || kind === 'query'
}
