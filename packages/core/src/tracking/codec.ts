import type { Codec } from '../definitions.ts'
import { ProtocolError } from '../errors.ts'
import { namedTextOf } from '../text-of.ts'
import type { FollowView } from './cell.ts'

/** A definition, or a plain name without a codec. */
export type Coded = string | { name: string; codec?: Codec<unknown, unknown> | undefined }

/** The name the server knows. */
export function nameOf(what: Coded): string {
  return typeof what === 'string' ? what : what.name
}

/** Arguments as they are sent. */
export function encodeArgs(what: Coded, args: unknown): unknown {
  const codec = typeof what === 'string' ? undefined : what.codec
  if (args === null) return codec?.nullOnWire ?? null
  return codec?.toWire ? codec.toWire(args) : args
}

/** An output as the program knows it, or why it cannot be. The same object for the one it read last. */
export type Decode = (output: unknown) => unknown | ProtocolError

const asItIs: Decode = (output) => output

/** How what `what` gives is read. */
export function createDecode(what: Coded): Decode {
  if (typeof what === 'string' || !what.codec?.fromWire) return asItIs
  const { name, codec } = what
  let last: { output: unknown; read: unknown } = { output: null, read: null }
  return (output) => {
    if (output !== last.output) last = { output, read: attempt(name, codec, output) }
    return last.read
  }
}

function attempt(name: string, codec: Codec<unknown, unknown>, output: unknown): unknown {
  if (output === null) return null
  try {
    return codec.fromWire?.(output)
  } catch (cause) {
    const why = namedTextOf(cause)
    return new ProtocolError(`What ${name} gave is not what its codec reads: ${why}`, { cause })
  }
}

/** How views of what `decode` reads are shown: the same object for the same view. */
export function createShow<V extends FollowView>(decode: Decode): (view: V) => V {
  if (decode === asItIs) return sameView
  let last: { view: V; shown: V } | undefined
  return (view) => {
    if (last?.view !== view) last = { view, shown: show(view, decode) }
    return last.shown
  }
}

/** One for all: there may be ten thousand handles. */
const sameView = <V>(view: V): V => view

function show<V extends FollowView & { data?: unknown; output?: unknown }>(
  view: V,
  decode: Decode,
): V {
  const field = 'data' in view ? 'data' : 'output'
  const read = decode(view[field])
  if (!(read instanceof ProtocolError)) return { ...view, [field]: read }
  return { ...view, [field]: null, error: field === 'data' ? read : read.message }
}
