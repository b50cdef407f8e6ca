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
  return new Gate<T>()
}

/** A class, since every registration has one for as long as it lasts. */
class Gate<T extends Revised> implements SnapshotGate<T> {
  #buffered: T | null = null
  /** What the client has; before the answer it has nothing, and nothing is newer than that. */
  #sent = Number.POSITIVE_INFINITY

  offer(state: T): T | null {
    if (this.#sent === Number.POSITIVE_INFINITY) {
      if (!this.#buffered || state.revision > this.#buffered.revision) this.#buffered = state
      return null
    }
    if (state.revision <= this.#sent) return null
    this.#sent = state.revision
    return state
  }

  open(snapshot: T): T | null {
    this.#sent = snapshot.revision
    const state = this.#buffered
    this.#buffered = null
    return state && this.offer(state)
  }
}
