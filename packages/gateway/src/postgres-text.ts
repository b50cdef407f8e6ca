import { types } from 'node:util'

/**
 * JSON as PostgreSQL can hold it: half a surrogate pair is not text. `undefined` becomes `null`;
 * throws a `TypeError` for values that are not JSON (a BigInt, a cycle) and for values that JSON
 * would lose: a file, bytes, a map, a set, a promise.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null, wellFormed) ?? 'null'
}

function wellFormed(this: unknown, key: string, member: unknown): unknown {
  if (typeof member === 'string') return member.toWellFormed()
  if (typeof member !== 'object' || member === null) return member
  // A Buffer is an object of numbers by now: look at the original value.
  const lost = lostInJson(Reflect.get(Object(this), key)) ?? lostInJson(member)
  if (lost === null) return member
  throw new TypeError(`${key || 'The returned value'} is ${lost}`)
}

/** Names a value that JSON would lose or change; `null` for any other value. */
function lostInJson(value: unknown): string | null {
  if (value instanceof Blob || ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) {
    return 'a file, or bytes, which JSON cannot hold: store it and return its address'
  }
  if (types.isPromise(value)) return 'a promise: await it'
  const hasJson = typeof value === 'object' && value !== null && 'toJSON' in value
  if (hasJson) return null
  if (value instanceof Map || value instanceof WeakMap) {
    return 'a map, which JSON cannot hold: return Object.fromEntries(…)'
  }
  if (value instanceof Set || value instanceof WeakSet) {
    return 'a set, which JSON cannot hold: return an array, […]'
  }
  return null
}
