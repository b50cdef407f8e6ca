/** Text as PostgreSQL can hold it: it knows no NUL. */
export function toText(text: string): string {
  return text.replaceAll('\0', '\uFFFD')
}

/**
 * JSON as PostgreSQL can hold it: half a surrogate pair is no text. `undefined` becomes `null`;
 * throws a `TypeError` for what is no JSON (a BigInt, a cycle).
 */
export function toJson(value: unknown): string {
  const wellFormed = (_key: string, member: unknown): unknown =>
    typeof member === 'string' ? member.toWellFormed() : member
  return JSON.stringify(value ?? null, wellFormed) ?? 'null'
}
