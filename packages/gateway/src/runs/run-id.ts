import { createHash } from 'node:crypto'

/** The namespace of the ids below: drawn once. */
const namespace = Buffer.from('6f0d7d0e3a5b4c8f9b1e2d7c4a6f8e10', 'hex')

/**
 * The id of the run that a key starts: the same one for the same principal, name and key, so that a start
 * that is sent twice is one run.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5 UUIDv5
 */
export function runIdOf(owner: string | null, name: string, key: string): string {
  const text = JSON.stringify([owner, name, key])
  const hash = createHash('sha1').update(namespace).update(text).digest()
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex', 0, 16)
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
