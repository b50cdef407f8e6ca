/** The maximum length of a stored error or reason, in UTF-16 units. */
export const maxErrorChars = 2_000

/** The maximum length of a progress message, in UTF-16 units. */
export const maxMessageChars = 1_000

/**
 * Text as PostgreSQL and every screen can hold it: without NUL, well-formed, and at most `maxChars`
 * long. Longer text is cut between two characters, and ends with an ellipsis.
 */
export function boundText(text: string, maxChars: number): string {
  // Cut first, so that nothing walks through 20 MB.
  if (text.length <= maxChars) return clean(text)
  const cut = text.slice(0, maxChars - 1)
  const isSplit = /[\ud800-\udbff]$/.test(cut)
  return `${clean(isSplit ? cut.slice(0, -1) : cut)}…`
}

function clean(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed()
}

/** The text of an error or a reason. */
export function toErrorText(text: string): string {
  return boundText(text, maxErrorChars)
}

/** The text of a progress message. */
export function toMessageText(text: string): string {
  return boundText(text, maxMessageChars)
}
