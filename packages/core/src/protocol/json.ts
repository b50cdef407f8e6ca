/** True if a parsed JSON value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses JSON. Returns `undefined` for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The members with these names that are numbers; the others are left out. */
export function numbersIn<K extends string>(
  value: Record<string, unknown>,
  ...names: K[]
): Partial<Record<K, number>> {
  const found: Partial<Record<string, number>> = {}
  for (const name of names) {
    const member = value[name]
    if (typeof member === 'number') found[name] = member
  }
  return found
}
