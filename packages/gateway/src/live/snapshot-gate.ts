/** Lets each newer state through once, but no state before the answer with the snapshot. */
export interface SnapshotGate {
  /** Returns true if a state of this revision may be sent now. The state then counts as sent. */
  offer(revision: number): boolean
  /**
   * Call it after the answer with a snapshot of this revision. Returns true if a newer state was
   * offered before the answer. The gate did not keep that state: read it again, and offer it.
   */
  open(revision: number): boolean
  /** A state of this revision is the last one that was sent. */
  isAt(revision: number): boolean
  /**
   * A revision above all that were sent, for a state without one of its own. `null`: the answer is
   * still to come, and `open` will return true.
   */
  surpass(): number | null
}

/** Lower than every revision: the client has none. */
export const unsent = -1

/**
 * The gate of one registration: register, hold back, answer, catch up. It keeps numbers only, so a
 * client that does not read its answers costs no memory for states.
 */
export function createSnapshotGate(): SnapshotGate {
  return new Gate()
}

/** A class, since every registration has one for as long as it lasts. */
class Gate implements SnapshotGate {
  #isAnswered = false
  /** The newest one that was held back. */
  #heldBack = 0
  /** The revision that the client has. */
  #sent = unsent

  offer(revision: number): boolean {
    if (!this.#isAnswered) {
      this.#heldBack = Math.max(this.#heldBack, revision)
      return false
    }
    if (revision <= this.#sent) return false
    this.#sent = revision
    return true
  }

  open(revision: number): boolean {
    this.#isAnswered = true
    this.#sent = revision
    return this.#heldBack > revision
  }

  isAt(revision: number): boolean {
    return this.#isAnswered && this.#sent === revision
  }

  surpass(): number | null {
    if (!this.#isAnswered) {
      this.#heldBack = Number.POSITIVE_INFINITY
      return null
    }
    this.#sent += 1
    return this.#sent
  }
}
