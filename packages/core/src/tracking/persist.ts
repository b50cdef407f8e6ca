import type { ResolvedOptions } from '../options.ts'

/** What is kept of a run that is to be found again after a reload: its id, and until there is one its start. */
export interface Persisted {
  /** The id of a run that was started. */
  load(): string | null
  save(id: string): void
  /**
   * The key of a start that was sent and not answered, if it was of the same arguments: whoever sends it again under
   * that key starts nothing twice.
   */
  loadIntent(args: unknown): string | null
  saveIntent(args: unknown, key: string): void
  /** Forgets `id`, or the start, unless something else has taken its place. */
  forget(id: string): void
  /** Whether it is of the user who is signed in now. */
  isCurrent(): boolean
}

/** How the key of a start is told from an id. */
const intentMark = 'start:'

/**
 * Keeps what there is under `key`, apart for each user: the one who is signed in now, whoever is later. A storage
 * that refuses (full, or forbidden) keeps nothing: then a reload has forgotten, and nothing else goes wrong.
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
  // Of a user who cannot be named nothing is kept.
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

/** [FNV-1a] tells arguments apart without keeping them. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
