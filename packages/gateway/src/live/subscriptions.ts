/** The registrations of each run. Plain data, no effects. */
export interface Subscriptions<TRegistration> {
  add(runId: string, registration: TRegistration): void
  /** False when it was not there. */
  remove(runId: string, registration: TRegistration): boolean
  of(runId: string): Iterable<TRegistration>
  has(runId: string, registration: TRegistration): boolean
  isWatched(runId: string): boolean
  /** Every run with a registration. */
  runIds(): Iterable<string>
}

/**
 * An empty table. A run without registrations takes no memory, and a single registration takes no
 * set.
 */
export function createSubscriptions<TRegistration>(): Subscriptions<TRegistration> {
  const byRun = new Map<string, TRegistration | Set<TRegistration>>()
  return {
    add(runId, registration) {
      const registrations = byRun.get(runId)
      if (registrations === undefined) byRun.set(runId, registration)
      else if (registrations instanceof Set) registrations.add(registration)
      else if (registrations !== registration)
        byRun.set(runId, new Set([registrations, registration]))
    },
    remove(runId, registration) {
      const registrations = byRun.get(runId)
      if (registrations === registration) return byRun.delete(runId)
      if (!(registrations instanceof Set) || !registrations.delete(registration)) return false
      if (registrations.size === 0) byRun.delete(runId)
      return true
    },
    has(runId, registration) {
      const registrations = byRun.get(runId)
      return registrations instanceof Set
        ? registrations.has(registration)
        : registrations === registration
    },
    of(runId) {
      const registrations = byRun.get(runId)
      if (registrations === undefined) return []
      return registrations instanceof Set ? registrations : [registrations]
    },
    isWatched: (runId) => byRun.has(runId),
    runIds: () => byRun.keys(),
  }
}
