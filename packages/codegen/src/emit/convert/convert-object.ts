import { type Members, membersOf } from '../model/members.ts'
import { toCamelCase, toVariable } from '../model/naming.ts'
import type { ObjectShape } from '../model/shapes.ts'
import type { Doc } from '../print/doc.ts'
import { restPattern } from '../print/layouts.ts'
import { isIdentifier, key } from '../print/literals.ts'
import { convertValue, entries, entry } from './convert-value.ts'
import { type ConvertWriter, isConverted, sourceName } from './convert-writer.ts'

/** The statements that convert an object, whose members may not all be known. */
export function convertObject(
  writer: ConvertWriter,
  { fields }: ObjectShape,
  value: string,
  toObject: (entries: Doc[], end: ',') => Doc,
): Doc[] {
  const members = membersOf(writer.model, fields, writer.usage)
  const { own, parts, rest } = members
  if (parts.length === 0 && !rest)
    return [['return ', toObject(entries(writer, fields, value), ',')]]
  const flattened = fields.find(({ flatten }) => flatten)?.place
  if (parts.length + (rest ? 1 : 0) > 1) {
    writer.fail(
      'More than one thing is flattened here whose members are not known, so that names cannot be converted',
      'Flatten one enum or map at most; structs as many as you like. Or generate with `--case wire`.',
      flattened,
    )
  }
  if (rest && isConverted(writer, rest)) {
    writer.fail(
      'A map is flattened here whose values have names that change: nobody can tell them from the other members',
      'Make the map a field of its own, without `#[serde(flatten)]`. Or generate with `--case wire`.',
      flattened,
    )
  }
  if (parts.some(({ kind }) => kind !== 'named')) {
    writer.fail(
      'What is flattened here has members that are not known, so that names cannot be converted',
      'Flatten a struct or an enum, by its name and without an `Option`. Or generate with `--case wire`.',
      flattened,
    )
  }
  const locals = localNames(members, value)
  const taken = own.map((member, at) => {
    const name = key(sourceName(writer, member))
    return name === locals[at] ? name : `${name}: ${locals[at]}`
  })
  const converted = parts.map((part) => ['...', convertValue(writer, part, 'rest')])
  const known = own.map((member, at) => entry(writer, member, locals[at] ?? value))
  return [
    ['const ', restPattern(taken), ` = ${value}`],
    ['return ', toObject([...(rest ? ['...rest'] : converted), ...known], ',')],
  ]
}

/** A variable for each member; no two have the same name. */
function localNames({ own }: Members, value: string): string[] {
  const given = own.map(({ name }) => toVariable(toCamelCase(name)))
  const taken = new Set([value, 'rest'])
  return given.map((name, at) => {
    const isFree = isIdentifier(name) && !taken.has(name)
    const local = isFree ? name : otherName(`member${at + 1}`, [...taken, ...given])
    taken.add(local)
    return local
  })
}

function otherName(name: string, taken: readonly string[]): string {
  return taken.includes(name) ? otherName(`${name}_`, taken) : name
}
