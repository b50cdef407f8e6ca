/** A string literal, in the quotes that need fewer escapes. */
export function quote(text: string): string {
  const json = JSON.stringify(text)
  const doubles = text.split('"').length
  if (text.split("'").length > doubles) return json
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** True where a member of this name needs no quotes. */
export function isIdentifier(name: string): boolean {
  return /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name)
}

/** A member's name, in quotes where it needs them. */
export function key(name: string): string {
  return isIdentifier(name) ? name : quote(name)
}

/** The expression that reads a member. */
export function access(value: string, name: string): string {
  return isIdentifier(name) ? `${value}.${name}` : `${value}[${quote(name)}]`
}
