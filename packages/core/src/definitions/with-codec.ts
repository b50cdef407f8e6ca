import { ProtocolError } from '../errors.ts'
import type { FollowView } from '../state/follow-view.ts'
import { namedTextOf } from '../text-of.ts'
import type { Coding, Named, Reader } from '../tracking/coding.ts'
import type { Definition, DefinitionKind } from './definition.ts'

/**
 * Translates between the values of your program and the JSON of the server. `null` stays `null` and
 * reaches neither function. If the server expects another value for `null` arguments, set
 * `nullOnWire`.
 *
 * `toWire` runs once per start or call, before the request. If it throws, the start fails with
 * `StartFailed`, the call rejects, and `watch()` throws. `fromWire` runs once per output. If it
 * throws, `output` or `data` is `null`, `error` has the reason, and `result` and `call()` reject
 * with `ProtocolError`.
 */
export interface Codec<TArgs, TOutput> {
  // Methods, so that a function for a narrower type fits: `fromWire(user: UserWire): User`.
  toWire?(args: TArgs): unknown
  readonly nullOnWire?: unknown
  fromWire?(output: unknown): TOutput
}

/**
 * Returns the same definition with a codec. Callers see the values of your program only.
 *
 * @example
 * ```ts
 * const exportUsers = withCodec(defineJob<{ since: Date }, Report>('export_users'), {
 *   toWire: ({ since }) => ({ since: since.toISOString() }),
 * })
 * ```
 *
 * @__NO_SIDE_EFFECTS__
 */
export function withCodec<TDefinition extends Definition<DefinitionKind, never, unknown>>(
  definition: TDefinition,
  codec: Codec<ArgsOf<TDefinition>, OutputOf<TDefinition>>,
): TDefinition {
  return { ...definition, coding: toCoding(definition.name, codec as Codec<unknown, unknown>) }
}

type ArgsOf<TDefinition> =
  TDefinition extends Definition<DefinitionKind, infer TArgs, infer _TOutput> ? TArgs : never

type OutputOf<TDefinition> =
  TDefinition extends Definition<DefinitionKind, infer _TArgs, infer TOutput> ? TOutput : never

function toCoding(name: Named['name'], codec: Codec<unknown, unknown>): Coding {
  return {
    encode(args) {
      if (args === null) return codec.nullOnWire ?? null
      return codec.toWire ? codec.toWire(args) : args
    },
    createReader() {
      const decode = createDecode(name, codec)
      return { decode, decodeView: createDecodeView(decode) }
    },
  }
}

function createDecode(name: string, codec: Codec<unknown, unknown>): Reader['decode'] {
  let last: { output: unknown; read: unknown } = { output: null, read: null }
  return (output) => {
    if (!codec.fromWire) return output
    if (output !== last.output) last = { output, read: attempt(name, codec, output) }
    return last.read
  }
}

function attempt(name: string, codec: Codec<unknown, unknown>, output: unknown): unknown {
  if (output === null) return null
  try {
    return codec.fromWire?.(output)
  } catch (cause) {
    const reason = namedTextOf(cause)
    return new ProtocolError(`The codec of ${name} cannot read the server's answer: ${reason}`, {
      cause,
    })
  }
}

function createDecodeView(decode: Reader['decode']): Reader['decodeView'] {
  let last: { view: unknown; shown: unknown } | undefined
  return <V extends FollowView>(view: V): V => {
    if (last?.view !== view) last = { view, shown: decodeView(view, decode) }
    return last.shown as V
  }
}

function decodeView<V extends FollowView & { data?: unknown; output?: unknown }>(
  view: V,
  decode: Reader['decode'],
): V {
  const field = 'data' in view ? 'data' : 'output'
  const read = decode(view[field])
  if (read === view[field]) return view
  if (!(read instanceof ProtocolError)) return { ...view, [field]: read }
  return { ...view, [field]: null, error: field === 'data' ? read : read.message }
}
