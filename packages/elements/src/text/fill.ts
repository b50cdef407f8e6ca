/** The text with its values in place. A name without a value gives nothing. Pure. */
export function fill(message: string, values: Record<string, string | null>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').trim()
}
