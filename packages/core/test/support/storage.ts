import type { PersistStorage } from '../../src/index.ts'

/** A storage with readable items. */
export interface MemoryStorage extends PersistStorage {
  readonly items: ReadonlyMap<string, string>
}

/** Makes a storage like `localStorage`, for one test. */
export function createStorage(): MemoryStorage {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}
