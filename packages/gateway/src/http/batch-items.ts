import { isRecord, type TargetKind } from '@headway/core/protocol'
import { batchTooLarge, wrongMember } from '../refusals/requests.ts'

/** The maximum number of items in one request. @see PROTOCOL.md, "Batches" */
const maxBatch = 100

/** The same for a request that opens a stream. */
export const maxCarried = 1_000

/**
 * The items of a batch, still unchecked. Throws an {@link HttpError} unless they are a list of
 * objects within the limit.
 */
export function readItems(
  { items }: Record<string, unknown>,
  most: number = maxBatch,
): Record<string, unknown>[] {
  if (!Array.isArray(items) || !items.every(isRecord)) {
    throw wrongMember('items', 'must be a list of registrations')
  }
  if (items.length <= most) return items
  throw batchTooLarge(most, items.length)
}

/** The server has registrations of this kind. */
export function isKind(kind: unknown): kind is TargetKind {
  return kind === 'job' || kind === 'workflow' || kind === 'query'
}
