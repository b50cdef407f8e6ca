import { isRecord, type TargetKind } from '@headway/core/protocol'
import { HttpError } from '../errors.ts'

/** How many registrations one request may make or end. @see PROTOCOL.md, "Batches" */
const maxBatch = 100

/** The items of a batch, each still to be read. Throws an {@link HttpError} when they are no list, or too many. */
export function readItems({ items }: Record<string, unknown>): Record<string, unknown>[] {
  if (!Array.isArray(items) || !items.every(isRecord)) {
    throw new HttpError('"items" is no list of registrations', {
      status: 422,
      code: 'UNPROCESSABLE_ENTITY',
    })
  }
  if (items.length <= maxBatch) return items
  throw new HttpError(`A batch may have ${maxBatch} items, not ${items.length}`, {
    status: 400,
    code: 'INVALID_ARGUMENT',
  })
}

/** Whether this server knows registrations of such a kind. */
export function isKind(kind: unknown): kind is TargetKind {
  return kind === 'job' || kind === 'workflow' || kind === 'query'
}
