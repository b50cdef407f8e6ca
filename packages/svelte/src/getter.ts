/** A value, or a function that reads reactive state: `() => page.params.id`. */
export type MaybeGetter<T> = T | (() => T)

/** The current value. Calls a function where you read it, so that Svelte tracks its state. */
export function toValue<T>(value: MaybeGetter<T>): T {
  return typeof value === 'function' ? (value as () => T)() : value
}
