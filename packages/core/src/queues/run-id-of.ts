import { sha1 } from './sha1.ts'

/** A job of BullMQ in a queue that a gateway observes. */
export interface QueuedJob {
  /** The queue's name. */
  queue: string
  /** The job's id in its queue. */
  id: string | number
  /** The prefix of the queue's keys in Redis. Default `bull`, as in BullMQ. */
  prefix?: string
}

/** The namespace of these ids: drawn once. */
const namespace = '9f6c2f0b7d7a4c0c8a4e5b1f3d2a6e71'

/**
 * The id of the run that a job of BullMQ has at a gateway which observes its queue: a UUIDv5, so
 * that any page and any server can compute it, also before the gateway has seen the job.
 *
 * @example
 * ```ts
 * const handle = client.attach(transcode, runIdOf({ queue: 'transcode', id: job.id }))
 * ```
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.5 UUIDv5
 */
export function runIdOf({ queue, id, prefix = 'bull' }: QueuedJob): string {
  const name = utf8.encode([prefix, queue, String(id)].map(toNetstring).join(''))
  const bytes = new Uint8Array(16 + name.length)
  for (let at = 0; at < 16; at += 1) {
    bytes[at] = Number.parseInt(namespace.slice(2 * at, 2 * at + 2), 16)
  }
  bytes.set(name, 16)
  const hash = sha1(bytes)
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(hash.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0'))
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const utf8 = new TextEncoder()

/**
 * A name with its length in front, so that no two lists of names are one text. In the bytes that
 * Redis has: half a surrogate pair is U+FFFD there, and so it is here.
 */
function toNetstring(name: string): string {
  return `${utf8.encode(name).length}:${name},`
}
