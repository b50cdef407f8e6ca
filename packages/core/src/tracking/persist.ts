import type { ResolvedOptions } from '../options.ts'
import { filesOf } from '../rpc/sendable.ts'
import { createKey } from './sending.ts'

/**
 * The stored state by which a reload finds a run again: its id, or the start that was under way.
 */
export interface Persisted {
  /** The id of the run; `null` when there is none. */
  load(): string | null
  save(id: string): void
  /**
   * The key of a start that was sent and not answered, if its arguments were the same. A start
   * that is sent again
   * under its key starts nothing twice.
   */
  loadIntent(args: unknown): string | null
  saveIntent(args: unknown, key: string): void
  /**
   * Forgets the run `id`, or the start if `id` is empty, unless another one has been saved since.
   */
  forget(id: string): void
  /** True if the user is the same as when this was opened. */
  isCurrent(): boolean
}

/** Distinguishes the key of a start from an id. */
const intentMark = 'start:'

/**
 * Opens the storage under `key` for the user who is signed in now. A storage that is full or
 * forbidden keeps nothing: then a reload does not find the run again, and nothing else breaks.
 */
export function createPersisted(
  { storage, user }: Pick<ResolvedOptions, 'storage' | 'user'>,
  key: string,
): Persisted {
  const tryTo = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch {
      return null
    }
  }
  const nameNow = (): string | null =>
    tryTo(() => `headway:${encodeURIComponent(user() ?? '')}:${key}`)
  // Without a name for the user, the next user could see the run.
  const name = nameNow()
  const kept = name === null ? null : storage
  const read = (): string => tryTo(() => kept?.getItem(name ?? '')) ?? ''
  const save = (text: string): void => void tryTo(() => kept?.setItem(name ?? '', text))
  const prefixOf = (args: unknown): string => `${intentMark}${hashOf(JSON.stringify(args) ?? '')}:`
  return {
    load() {
      const text = read()
      return text === '' || text.startsWith(intentMark) ? null : text
    },
    save,
    loadIntent(args) {
      const text = read()
      const prefix = prefixOf(args)
      return text.startsWith(prefix) ? text.slice(prefix.length) : null
    },
    saveIntent: (args, startKey) => save(prefixOf(args) + startKey),
    forget(id) {
      const text = read()
      const isIt = id === '' ? text.startsWith(intentMark) : text === id
      if (isIt) tryTo(() => kept?.removeItem(name ?? ''))
    },
    isCurrent: () => nameNow() === name,
  }
}

/**
 * The idempotency key of a start: a new one, or the key of the same start that a reload
 * interrupted.
 *
 * @param isResumable true for a lazy start, which begins by itself after a reload
 */
export function toStartKey(
  persisted: Persisted | null,
  args: unknown,
  isResumable: boolean,
): string {
  // All files look alike as text, so a start with files is never taken for an earlier one.
  const store = filesOf(args).length > 0 ? null : persisted
  const key = (isResumable && store?.loadIntent(args)) || createKey()
  store?.saveIntent(args, key)
  return key
}

/** A hash of arguments, so that they are not stored. @see https://www.ietf.org/archive/id/draft-eastlake-fnv-21.html */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
