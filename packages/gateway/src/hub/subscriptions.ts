/** Who watches what, in both directions of the question. Plain data, no effects. */
export interface Subscriptions<TWatcher> {
  add(runId: string, watcher: TWatcher): void
  /** `false`: it was none. */
  remove(runId: string, watcher: TWatcher): boolean
  watchers(runId: string): Iterable<TWatcher>
  isWatching(runId: string, watcher: TWatcher): boolean
  has(runId: string): boolean
  /** Every run that somebody watches. */
  runIds(): Iterable<string>
}

/**
 * No subscriptions yet. A run without watchers takes no memory, and a single watcher takes no set.
 */
export function createSubscriptions<TWatcher>(): Subscriptions<TWatcher> {
  const byRun = new Map<string, TWatcher | Set<TWatcher>>()
  return {
    add(runId, watcher) {
      const watchers = byRun.get(runId)
      if (watchers === undefined) byRun.set(runId, watcher)
      else if (watchers instanceof Set) watchers.add(watcher)
      else if (watchers !== watcher) byRun.set(runId, new Set([watchers, watcher]))
    },
    remove(runId, watcher) {
      const watchers = byRun.get(runId)
      if (watchers === watcher) return byRun.delete(runId)
      if (!(watchers instanceof Set) || !watchers.delete(watcher)) return false
      if (watchers.size === 0) byRun.delete(runId)
      return true
    },
    isWatching(runId, watcher) {
      const watchers = byRun.get(runId)
      return watchers instanceof Set ? watchers.has(watcher) : watchers === watcher
    },
    watchers(runId) {
      const watchers = byRun.get(runId)
      if (watchers === undefined) return []
      return watchers instanceof Set ? watchers : [watchers]
    },
    has: (runId) => byRun.has(runId),
    runIds: () => byRun.keys(),
  }
}
