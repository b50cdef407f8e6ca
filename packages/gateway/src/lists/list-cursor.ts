import { isUuid } from '../uuid.ts'

/** The place of a run in the order of lists. */
export interface ListPlace {
  /** When the run was created, in microseconds since 1970, as text: more than a number holds. */
  at: string
  id: string
}

/** A place as text that clients pass on. */
export function toCursor({ at, id }: ListPlace): string {
  return Buffer.from(`${at}.${id}`).toString('base64url')
}

/** The place of a cursor; `null` for any other value. */
export function readCursor(cursor: unknown): ListPlace | null {
  if (typeof cursor !== 'string' || cursor.length > 100) return null
  const [at = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString().split('.')
  const isPlace = /^-?\d{1,17}$/.test(at) && isUuid(id) && rest.length === 0
  return isPlace ? { at, id } : null
}
