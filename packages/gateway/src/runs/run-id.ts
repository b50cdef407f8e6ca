import { createHash } from 'node:crypto'

/** The namespace of the ids below: drawn once. */
const namespace = Buffer.from('6f0d7d0e3a5b4c8f9b1e2d7c4a6f8e10', 'hex')

/**
 * The id of a run that another run starts: the same one for the same run, name and key, so that two
 * equal starts are one run. A client that knows the parent's id can compute it, and may see the
 * child anyway.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5 UUIDv5
 */
export function runIdOf(parent: string | null, name: string, key: string): string {
  const text = JSON.stringify([parent, name, key])
  return toUuid(createHash('sha1').update(namespace).update(text).digest(), 5)
}

/**
 * The first bytes of a hash, as a UUID of this version.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.8 UUIDv8
 */
export function toUuid(hash: Buffer, version: 5 | 8): string {
  const bytes = Buffer.from(hash.subarray(0, 16))
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
