import type { Place } from '../problem.ts'
import type { TypeExpression } from './rust.ts'

const path = /^(?<path>(?:::)?\s*\w+(?:\s*::\s*\w+)*)\s*/
const reference = /^&\s*(?:'\w+\s+)?/
const length = /^;\s*(?<length>\d+)\s*\]/

/** A type, and the text after it. */
interface Read {
  type: TypeExpression
  rest: string
}

/** Parses a type inside a string: a path, a tuple or an array; `null` for other text. */
export function parseType(text: string, place: Place): TypeExpression | null {
  const read = parseOne(text, place)
  return read?.rest === '' ? read.type : null
}

function parseOne(given: string, place: Place): Read | null {
  const text = given.trimStart().replace(reference, '')
  if (text.startsWith('(')) return parseTuple(text, place)
  if (text.startsWith('[')) return parseArray(text, place)
  return parsePath(text, place)
}

function parsePath(text: string, place: Place): Read | null {
  const match = path.exec(text)
  const found = match?.groups?.path
  if (match === null || found === undefined) return null
  const parts = found.split('::').map((part) => part.trim())
  const behind = text.slice(match[0].length)
  const list = behind.startsWith('<') ? parseList(behind.slice(1), '>', place) : null
  if (behind.startsWith('<') && !list) return null
  const args = list?.types ?? []
  const type: TypeExpression = { kind: 'path', path: parts.filter(Boolean), args, place }
  return { type, rest: list?.rest ?? behind }
}

function parseTuple(text: string, place: Place): Read | null {
  const list = parseList(text.slice(1), ')', place)
  if (!list) return null
  const { types, rest, endsInComma } = list
  const [only] = types
  // `(T)` is T; `(T,)` is a tuple.
  if (only && types.length === 1 && !endsInComma) return { type: only, rest }
  return { type: { kind: 'tuple', of: types, place }, rest }
}

function parseArray(text: string, place: Place): Read | null {
  const element = parseOne(text.slice(1), place)
  const match = element && length.exec(element.rest)
  if (!match) return null
  const rest = element.rest.slice(match[0].length).trimStart()
  const type: TypeExpression = {
    kind: 'array',
    of: element.type,
    length: Number(match.groups?.length),
    place,
  }
  return { type, rest }
}

/** The types up to a closing bracket. */
function parseList(
  text: string,
  end: string,
  place: Place,
): { types: TypeExpression[]; rest: string; endsInComma: boolean } | null {
  const types: TypeExpression[] = []
  let rest = text.trimStart()
  let endsInComma = false
  while (!rest.startsWith(end)) {
    const read = parseOne(rest, place)
    if (!read) return null
    types.push(read.type)
    endsInComma = read.rest.startsWith(',')
    rest = (endsInComma ? read.rest.slice(1) : read.rest).trimStart()
    if (!endsInComma && !rest.startsWith(end)) return null
  }
  return { types, rest: rest.slice(1).trimStart(), endsInComma }
}
