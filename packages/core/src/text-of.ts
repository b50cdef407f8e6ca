/** The message of anything that was thrown. Never throws: some values throw when they are read. */
export function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown)
  } catch {
    return 'a value without a text'
  }
}

/** Like {@link textOf}, with the error's name in front: `TypeError: …`. */
export function namedTextOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${textOf(thrown)}` : textOf(thrown)
  } catch {
    return textOf(thrown)
  }
}
