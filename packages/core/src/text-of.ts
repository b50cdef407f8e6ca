/** What was thrown, in words, whatever it is: some things cannot be made a text, or throw when they are looked at. */
export function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown)
  } catch {
    return 'something that has no text'
  }
}

/** The same, with the class of an error. */
export function namedTextOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${textOf(thrown)}` : textOf(thrown)
  } catch {
    return textOf(thrown)
  }
}
