/** True if two parsed JSON values have the same JSON text. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  try {
    return JSON.stringify(a) === JSON.stringify(b)
  } catch {
    // Nested deeper than the stack allows: treat it as a change.
    return false
  }
}
