/** A definition, or with `createHooks<Api>()` and its likes a name. */
export type Named = string | { name: string }

/** The name the server knows. */
export function nameOf(what: Named): string {
  return typeof what === 'string' ? what : what.name
}
