/** A state that says how new it is. */
export interface Revised {
  /** Grows with each change. */
  revision: number
}

/** Lets each newer state through once, none before the snapshot was answered. */
export interface SnapshotGate<T extends Revised> {
  /** A state was read: returns it when it may be sent now. */
  offer(state: T): T | null
  /** The answer with this snapshot is out: returns the newer state that came in between, if one did. */
  open(snapshot: T): T | null
}

/**
 * The gate of one registration: register, buffer, answer, drain. One buffered state is enough, since
 * a newer one supersedes it.
 */
export function createSnapshotGate<T extends Revised>(): SnapshotGate<T> {
  let buffered: T | null = null
  /** What the client has; before the answer it has nothing, and nothing is newer than that. */
  let sent = Number.POSITIVE_INFINITY
  return {
    offer(state) {
      if (sent === Number.POSITIVE_INFINITY) {
        if (!buffered || state.revision > buffered.revision) buffered = state
        return null
      }
      if (state.revision <= sent) return null
      sent = state.revision
      return state
    },
    open(snapshot) {
      sent = snapshot.revision
      const state = buffered
      buffered = null
      return state && this.offer(state)
    },
  }
}
