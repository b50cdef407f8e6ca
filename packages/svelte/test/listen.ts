import { onTestFinished } from 'vitest'

/** Subscribes to a store until the test ends. Returns the list of its values, which grows. */
export function listen<T>(store: { subscribe(run: (value: T) => void): () => void }): T[] {
  const seen: T[] = []
  onTestFinished(store.subscribe((value) => void seen.push(value)))
  return seen
}
