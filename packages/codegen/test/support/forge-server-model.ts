/*
 * A model of the steps in which a Forge 0.10.2 server reads arguments. It was written from the
 * behaviour of the server, independently of the generator.
 */

/** A parameter behind the context, its type as it is written in Rust. */
export interface ServerParam {
  name: string
  type: string
  /** Reads JSON as serde does; throws where serde fails. */
  read(json: unknown): unknown
}

export type Kind = 'query' | 'mutation' | 'job' | 'workflow'

/**
 * The values that the server passes to a function, by its parameters; throws where the server
 * refuses them.
 */
export function handed(kind: Kind, params: ServerParam[], sent: unknown): Record<string, unknown> {
  const json = normalized(kind, sent)
  const [only] = params
  if (!only) return read(null, json)
  const isRun = kind === 'job' || kind === 'workflow'
  if (params.length === 1 && (isRun || !isWrapped(only.type))) {
    return { [only.name]: only.read(json) }
  }
  const members = toObject(json)
  return Object.fromEntries(
    params.map(({ name, read }) => [name, read(name in members ? members[name] : null)]),
  )
}

function read(wanted: null, json: unknown): Record<string, unknown> {
  if (json !== wanted) throw new TypeError('invalid type: expected unit')
  return {}
}

/** An envelope is taken off, once; and `null` and `{}` are the same, to each kind the other one. */
function normalized(kind: Kind, json: unknown): unknown {
  const isRun = kind === 'job' || kind === 'workflow'
  if (!isRun && isObject(json) && Object.keys(json).length === 0) return null
  const taken = withoutEnvelope(json)
  return isRun && taken === null ? {} : taken
}

function withoutEnvelope(json: unknown): unknown {
  if (!isObject(json)) return json
  const [name, ...more] = Object.keys(json)
  return more.length === 0 && (name === 'args' || name === 'input') ? json[name] : json
}

/** By the last part of what is written. */
function isWrapped(type: string): boolean {
  const written = type.replace(/<.*/s, '').split('::').at(-1) ?? ''
  return /^([iu](8|16|32|64|128|size)|f32|f64|bool|char|String|str|Vec|Option|(Hash|BTree)(Map|Set)|Uuid)$/.test(
    written,
  )
}

export function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

export function toObject(json: unknown): Record<string, unknown> {
  if (!isObject(json))
    throw new TypeError(`invalid type: ${JSON.stringify(json)}, expected an object`)
  return json
}
