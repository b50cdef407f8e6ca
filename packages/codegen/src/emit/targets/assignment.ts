import { type Doc, flatText, fluid, group, indent, line } from '../print/doc.ts'
import { typeArgs } from '../types/type-doc.ts'

/** A constant whose type has two arguments, and whose value is a call. */
export interface Assignment {
  name: string
  type: string
  typeArgs: readonly [Doc, Doc]
  value: Doc
  /** True for a call whose only argument is too short to have a line of its own. */
  isShortCall: boolean
}

/** An assignment, with the line breaks of Biome. */
export function assignment({ name, type, typeArgs: args, value, isShortCall }: Assignment): Doc {
  const left = [`const ${name}: ${type}`, typeArgs(args), ' =']
  // The type breaks first where one of its arguments is generic.
  if (args.some((arg) => isGeneric(flatText(arg)))) return [left, ' ', group(value)]
  return [left, isShortCall ? group(indent(line, value)) : fluid(value)]
}

/** True for `Page<User>`, but not for `Page<User>[]` or `Page<User> | null`. */
function isGeneric(type: string): boolean {
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$.]*</u.test(type)) return false
  let depth = 0
  for (const { 0: bracket, index } of type.replaceAll('=>', '').matchAll(/[<>]/g)) {
    depth += bracket === '<' ? 1 : -1
    if (depth === 0) return index === type.replaceAll('=>', '').length - 1
  }
  return false
}
