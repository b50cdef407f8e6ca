import type { ProtocolError } from '../errors.ts'
import type { FollowView } from './cell.ts'

/** A name that the server knows, and the translation of its values, if they need one. */
export interface Named {
  readonly name: string
  readonly coding?: Coding | undefined
}

/** The translation between a program's values and the wire's. `withCodec` makes one. */
export interface Coding {
  /** Arguments as they are sent. */
  encode(args: unknown): unknown
  createReader(): Reader
}

/**
 * Reads the outputs of one handle. It keeps its last result: the same input gives the same object.
 */
export interface Reader {
  /** An output as the program knows it, or the reason why it cannot be read. */
  decode(output: unknown): unknown | ProtocolError
  /** A view with its output decoded. */
  show<V extends FollowView>(view: V): V
}

/** One reader for all handles without a codec: there may be ten thousand. */
const plainReader: Reader = { decode: (output) => output, show: (view) => view }

/** Arguments as they are sent. */
export function encodeArgs({ coding }: Named, args: unknown): unknown {
  return coding ? coding.encode(args) : args
}

/** A reader for the outputs of a definition. */
export function createReader({ coding }: Named): Reader {
  return coding ? coding.createReader() : plainReader
}
