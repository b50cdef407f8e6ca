import { inspect, types } from 'node:util'
import { boundText, maxErrorChars } from './bound-text.ts'

/** The number of errors of an `AggregateError`, or of texts of a list, that are named. */
const maxListed = 3

/** The depth to which errors within errors are described. */
const maxDepth = 2

/**
 * Limits on the description of an object. None of its code runs: neither getters nor its own
 * `inspect`.
 */
const inspecting = {
  depth: 1,
  maxArrayLength: 10,
  maxStringLength: 500,
  breakLength: Number.POSITIVE_INFINITY,
  customInspect: false,
  showProxy: true,
}

/**
 * A thrown value as text: the message of an error, or another description. Never throws, whatever
 * the value; never empty, well-formed, without NUL, and at most 2,000 characters long.
 */
export function describeError(thrown: unknown): string {
  quieten(thrown)
  return boundText(describe(thrown, 0), maxErrorChars)
}

/** A thrown value as an `Error` whose members can be read: itself, or one that describes it. */
export function toError(thrown: unknown): Error {
  return isReadableError(thrown) ? thrown : new Error(describeError(thrown))
}

/** `instanceof` that also answers for a proxy that was revoked. */
export function isInstance<T>(
  thrown: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a class, whatever it is made with
  of: abstract new (...args: any[]) => T,
): thrown is T {
  try {
    return thrown instanceof of
  } catch {
    return false
  }
}

/**
 * A thrown promise may itself reject while nothing listens to it, which would end the process. Call
 * this before you wait for anything else.
 */
export function quieten(thrown: unknown): void {
  if (!types.isPromise(thrown)) return
  try {
    Promise.prototype.then.call(thrown, undefined, () => undefined)
  } catch {
    // Its `then` cannot be called: nothing more can be done.
  }
}

function isReadableError(thrown: unknown): thrown is Error {
  try {
    if (!(thrown instanceof Error)) return false
    for (const member of ['name', 'stack', 'code', 'cause']) Reflect.get(thrown, member)
    return typeof thrown.message === 'string'
  } catch {
    return false
  }
}

function describe(thrown: unknown, depth: number): string {
  try {
    return textOf(thrown, depth) || 'an error without a message'
  } catch {
    return 'an error that cannot be read'
  }
}

/** Empty when there is nothing to say. May throw. */
function textOf(thrown: unknown, depth: number): string {
  if (typeof thrown === 'string') return unlessBlank(thrown)
  if (typeof thrown === 'function') return inspect(thrown, inspecting)
  if (typeof thrown !== 'object' || thrown === null) return String(thrown)
  const message = messageOf(read(thrown, 'message'), depth)
  const isError = types.isNativeError(thrown) || isInstance(thrown, Error)
  const within = isError && depth < maxDepth ? listOf(read(thrown, 'errors'), '; ', depth) : ''
  if (message && within) return `${message}: ${within}`
  if (message || within) return message || within
  return isError ? nameOf(thrown) : inspect(thrown, inspecting)
}

/** The value of `message`: libraries also put lists and objects there. */
function messageOf(message: unknown, depth: number): string {
  if (typeof message === 'string') return unlessBlank(message)
  if (message === undefined || message === null || typeof message === 'function') return ''
  if (typeof message !== 'object') return String(message)
  return listOf(message, ', ', depth) || inspect(message, inspecting)
}

/** The first few of a list, in words; empty for other values and empty lists. */
function listOf(list: unknown, separator: string, depth: number): string {
  try {
    if (!Array.isArray(list)) return ''
    const first = Array.from({ length: Math.min(maxListed, list.length) }, (_, index) =>
      boundText(describe(read(list, String(index)), depth + 1), 300),
    )
    const more = list.length - first.length
    return [...first, ...(more > 0 ? [`and ${more} more`] : [])].join(separator)
  } catch {
    return ''
  }
}

/** The class name of an error without a message. */
function nameOf(error: object): string {
  const maker = read(error, 'constructor')
  const made = typeof maker === 'function' ? read(maker, 'name') : ''
  const given = read(error, 'name')
  const name = [given, made].find((name) => typeof name === 'string' && name !== 'Error')
  return typeof name === 'string' ? unlessBlank(name) : ''
}

function read(from: object, member: string): unknown {
  try {
    return Reflect.get(from, member)
  } catch {
    return undefined
  }
}

function unlessBlank(text: string): string {
  // A part is enough: the whole may be 20 MB.
  return text.slice(0, maxErrorChars).trim() === '' ? '' : text
}
