import type { Store } from '../store/store.ts'

/** Of a value that changes, the part a screen asked for; the very same object while that says the same. */
export type Selection<T, S> = (value: T, select: (value: T) => S) => S

/**
 * Selects, once per value, and keeps what was selected before when the new one is equal, member by
 * member: so that a screen which selects an object renders when a member of it changes, and only then.
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

/** Whether two are the same, or plain objects or arrays of the same members. */
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

/** What `select` picks of a store: tells of changes of that alone. */
export function selectStore<T, S>(store: Store<T>, select: (value: T) => S): Store<S> {
  const selection = createSelection<T, S>()
  const getSnapshot = (): S => selection(store.getSnapshot(), select)
  return {
    getSnapshot,
    subscribe(listener) {
      let told: S
      const stop = store.subscribe(() => {
        const next = getSnapshot()
        if (Object.is(next, told)) return
        told = next
        listener()
      })
      // Subscribing may have changed it.
      told = getSnapshot()
      return stop
    },
  }
}
