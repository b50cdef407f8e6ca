import type { Store } from '../src/index.ts'

/** Resolves with the first value of a store that matches, now or after a change. */
export function until<T>(store: Store<T>, isWanted: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const check = (): void => {
      const value = store.getSnapshot()
      if (!isWanted(value)) return
      unsubscribe()
      resolve(value)
    }
    const unsubscribe = store.subscribe(check)
    check()
  })
}
