import type { Store } from '../store/store.ts'

/**
 * A function that selects a part of a value, and returns the same object while the part is equal.
 */
export type Selection<T, S> = (value: T, select: (value: T) => S) => S

/**
 * Selects once per value. If the new selection equals the last one, member by member, it returns
 * the last one: a component that selects an object renders only when a member changes.
 */
export function createSelection<T, S>(): Selection<T, S> {
  let last: { value: T; select: (value: T) => S; selected: S } | undefined
  return (value, select) => {
    if (last?.value === value && last.select === select) return last.selected
    const selected = select(value)
    last = {
      value,
      select,
      selected: last && isSame(last.selected, selected) ? last.selected : selected,
    }
    return last.selected
  }
}

/** True for identical values, and for plain objects or arrays with identical members. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const members = Object.entries(a)
  return (
    members.length === Object.keys(b).length &&
    members.every(([key, member]) => {
      return Object.hasOwn(b, key) && Object.is(member, (b as Record<string, unknown>)[key])
    })
  )
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === Array.prototype
}

/** A store of the part that `select` returns. It notifies only when that part changes. */
export function selectStore<T, S>(store: Store<T>, select: (value: T) => S): Store<S> {
  const selection = createSelection<T, S>()
  const getSnapshot = (): S => selection(store.getSnapshot(), select)
  return {
    getSnapshot,
    subscribe(listener) {
      let last: S
      const stop = store.subscribe(() => {
        const next = getSnapshot()
        if (Object.is(next, last)) return
        last = next
        listener()
      })
      // Subscribing can change the value.
      last = getSnapshot()
      return stop
    },
  }
}
