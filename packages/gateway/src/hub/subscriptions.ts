/** Who watches what, in both directions of the question. Plain data, no effects. */
export interface Subscriptions<TWatcher> {
  add(runId: string, watcher: TWatcher): void
  remove(runId: string, watcher: TWatcher): void
  watchers(runId: string): Iterable<TWatcher>
  isWatching(runId: string, watcher: TWatcher): boolean
  has(runId: string): boolean
  /** Every run that somebody watches. */
  runIds(): Iterable<string>
}

/** Subscriptions of nobody. A run that nobody watches any more takes no room. */
export function createSubscriptions<TWatcher>(): Subscriptions<TWatcher> {
  const byRun = new Map<string, Set<TWatcher>>()
  return {
    add(runId, watcher) {
      const watchers = byRun.get(runId)
      if (watchers) watchers.add(watcher)
      else byRun.set(runId, new Set([watcher]))
    },
    remove(runId, watcher) {
      const watchers = byRun.get(runId)
      watchers?.delete(watcher)
      if (watchers?.size === 0) byRun.delete(runId)
    },
    isWatching: (runId, watcher) => byRun.get(runId)?.has(watcher) ?? false,
    watchers: (runId) => byRun.get(runId) ?? [],
    has: (runId) => byRun.has(runId),
    runIds: () => byRun.keys(),
  }
}
