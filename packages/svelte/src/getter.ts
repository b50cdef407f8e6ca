/** A value, or, to have it followed, a function that reads it: `() => page.params.id`. */
export type MaybeGetter<T> = T | (() => T)

/** The value now; what the function reads is followed where that is read. */
export function toValue<T>(value: MaybeGetter<T>): T {
  return typeof value === 'function' ? (value as () => T)() : value
}
