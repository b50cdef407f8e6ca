import type { ResolvedOptions } from '../options.ts'

/** The id of a run that is to be found again after a reload. */
export interface Persisted {
  load(): string | null
  save(id: string): void
  /** Forgets `id`, unless another one has taken its place. */
  forget(id: string): void
}

/**
 * Keeps an id under `key`, apart for each user: the one who is signed in now, whoever is later. A storage that refuses (full, or forbidden) keeps
 * nothing: then a reload has forgotten, and nothing else goes wrong.
 */
export function createPersisted(
  { storage, user }: Pick<ResolvedOptions, 'storage' | 'user'>,
  key: string,
): Persisted {
  const attempt = <T>(work: () => T): T | null => {
    try {
      return work()
    } catch {
      return null
    }
  }
  const name = `headway:${encodeURIComponent(user() ?? '')}:${key}`
  const load = (): string | null => attempt(() => storage?.getItem(name) ?? null)
  return {
    load,
    save: (id) => void attempt(() => storage?.setItem(name, id)),
    forget: (id) => void attempt(() => load() === id && storage?.removeItem(name)),
  }
}
