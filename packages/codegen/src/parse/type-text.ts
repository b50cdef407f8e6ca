import type { Place } from '../schema.ts'
import type { TypeExpression } from './rust.ts'

const path = /^\s*(?<path>(?:::)?\s*\w+(?:\s*::\s*\w+)*)\s*/

/** Reads a type that stands in a string: a path with parameters. `null` when it is none. */
export function parsePath(text: string, place: Place): TypeExpression | null {
  const read = readPath(text, place)
  return read?.rest === '' ? read.type : null
}

function readPath(text: string, place: Place): { type: TypeExpression; rest: string } | null {
  const match = path.exec(text)
  const found = match?.groups?.path
  if (match === null || found === undefined) return null
  const parts = found.split('::').map((part) => part.trim())
  const args: TypeExpression[] = []
  let rest = text.slice(match[0].length)
  if (rest.startsWith('<')) {
    do {
      const arg = readPath(rest.slice(1), place)
      if (!arg) return null
      args.push(arg.type)
      rest = arg.rest
    } while (rest.startsWith(','))
    if (!rest.startsWith('>')) return null
    rest = rest.slice(1).trimStart()
  }
  return { type: { kind: 'path', path: parts.filter((part) => part !== ''), args, place }, rest }
}
