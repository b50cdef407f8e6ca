import type { ProtocolError } from '../errors.ts'
import type { FollowView } from '../state/follow-view.ts'

/** A name that the server knows, with the translation of its values, if there is one. */
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
 * Decodes the outputs of one handle. It keeps its last result: the same input gives the same
 * object.
 */
export interface Reader {
  /** An output as the program sees it, or the reason why it cannot be decoded. */
  decode(output: unknown): unknown | ProtocolError
  /** A view with its output decoded. The very same view when nothing needs decoding. */
  decodeView<V extends FollowView>(view: V): V
}

/** All handles without a codec share one reader: a page may have ten thousand. */
const plainReader: Reader = { decode: (output) => output, decodeView: (view) => view }

/** Arguments as they are sent. */
export function encodeArgs({ coding }: Named, args: unknown): unknown {
  return coding ? coding.encode(args) : args
}

/** Creates a reader for the outputs of a definition. */
export function createReader({ coding }: Named): Reader {
  return coding ? coding.createReader() : plainReader
}
