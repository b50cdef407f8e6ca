import pg from 'pg'

/** Reads the text of one value. */
type Parse = (text: string) => unknown

/**
 * The types that are read otherwise than in `pg`: the type's number in PostgreSQL, and the number
 * of its array.
 */
const own: readonly [type: number, array: number, parse: Parse][] = [
  // A day has no time, and so no place on any clock: `pg` makes it a midnight of this process's
  // time zone.
  [pg.types.builtins.DATE, 1182, (text) => text],
  // Without time zone: neither this process's nor UTC's.
  [pg.types.builtins.TIMESTAMP, 1115, (text) => text.replace(' ', 'T')],
  // `pg` reads infinity as a number, which JSON does not have.
  [pg.types.builtins.TIMESTAMPTZ, 1185, toInstant],
]

const parsers = new Map<number, Parse>(
  own.flatMap(([type, array, parse]) => [
    [type, parse],
    [array, (text: string) => parseArray(text, parse)],
  ]),
)

/**
 * Reads the values of a result, independent of the time zone of the process. `date` is
 * `2026-11-28`, `timestamp` `2026-11-28T10:00:00.5`, `timestamptz` a `Date`; everything else as
 * `pg` does.
 */
export const resultTypes = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    const parse = format === 'binary' ? undefined : parsers.get(type)
    return parse ?? pg.types.getTypeParser(type, format as 'text')
  },
} as pg.CustomTypesConfig

/**
 * The values of a statement as they are sent: `pg` writes dates in the time zone of the process.
 */
export function toValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  return Array.isArray(value) ? value.map(toValue) : value
}

function toInstant(text: string): unknown {
  return text.endsWith('infinity')
    ? text
    : pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ)(text)
}

/** `text[]`: how `pg` reads an array before it reads its members. */
const textArray = 1009

function parseArray(text: string, parse: Parse): unknown {
  const read = (member: unknown): unknown => {
    if (Array.isArray(member)) return member.map(read)
    return typeof member === 'string' ? parse(member) : member
  }
  return read(pg.types.getTypeParser(textArray as number)(text))
}
