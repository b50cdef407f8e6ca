/** Text as PostgreSQL can hold it: it knows no NUL. */
export function toText(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

/**
 * JSON as PostgreSQL can hold it: half a surrogate pair is no text. `undefined` becomes `null`;
 * throws a `TypeError` for what is no JSON (a BigInt, a cycle) and for what JSON would lose: a file, bytes.
 */
export function toJson(value: unknown): string {
  const wellFormed = (key: string, member: unknown): unknown => {
    if (typeof member === 'string') return member.toWellFormed()
    if (member instanceof Blob || ArrayBuffer.isView(member)) {
      throw new TypeError(`${key || 'What was returned'} is a file, or bytes: JSON has none`)
    }
    return member
  }
  return JSON.stringify(value ?? null, wellFormed) ?? 'null'
}
