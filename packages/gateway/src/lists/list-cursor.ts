import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto'
import { isUuid } from '../uuid.ts'

/** The place of a run in the order of lists. */
export interface ListPlace {
  /** When the run was created, in microseconds since 1970, as text: more than a number holds. */
  at: string
  id: string
}

/**
 * Places as text that clients pass on. They are sealed: a page may end with a run that its reader
 * may not see.
 */
export interface ListCursors {
  /** The same text for the same place, so that a list that did not change is not pushed again. */
  write(place: ListPlace): string
  /** The place of a cursor; `null` for any other value. */
  read(cursor: unknown): ListPlace | null
}

const [algorithm, nonceBytes, tagBytes] = ['aes-256-gcm', 12, 16] as const

/** @param key 32 bytes, the same for all gateways of a database */
export function createListCursors(key: Buffer): ListCursors {
  return {
    write({ at, id }) {
      const text = `${at}.${id}`
      // Derived from the text: no two texts share a nonce.
      const nonce = createHmac('sha256', key).update(text).digest().subarray(0, nonceBytes)
      const cipher = createCipheriv(algorithm, key, nonce)
      const sealed = Buffer.concat([cipher.update(text), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
    },
    read(cursor) {
      if (typeof cursor !== 'string' || cursor.length > 200) return null
      const bytes = Buffer.from(cursor, 'base64url')
      const head = nonceBytes + tagBytes
      if (bytes.length <= head) return null
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes))
      decipher.setAuthTag(bytes.subarray(nonceBytes, head))
      const [at = '', id = ''] = open(decipher, bytes.subarray(head)).split('.')
      return isUuid(id) ? { at, id } : null
    },
  }
}

/** The text; empty if it was not sealed with this key. */
function open(decipher: ReturnType<typeof createDecipheriv>, sealed: Buffer): string {
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString()
  } catch {
    return ''
  }
}
