/** A frame that a slow reader has not been sent. */
export interface WaitingFrame {
  frame: string
  /** Called once the frame is certain to go out. */
  sent: (() => void) | undefined
}

/** The number of characters that may wait for a slow reader. */
const maxWaitingLength = 4 * 1_048_576

/** Frames up to this number of characters are never skipped. */
const shortLength = 64

/** The newest frame of each target, for one slow reader. Plain data, no effects. */
export class WaitingFrames {
  readonly #frames = new Map<string, WaitingFrame>()
  /** The number of characters that wait. */
  #length = 0

  /** @param skipped the frame that reports skipped states: it waits when there is no room */
  set(target: string, waiting: WaitingFrame, skipped: (target: string) => string): void {
    const { frame } = waiting
    this.#length -= this.#frames.get(target)?.frame.length ?? 0
    // A short frame takes no more room than the frame that reports a skip.
    const fits = frame.length <= shortLength || this.#length + frame.length <= maxWaitingLength
    const kept = fits ? waiting : { frame: skipped(target), sent: undefined }
    this.#frames.set(target, kept)
    this.#length += kept.frame.length
  }

  delete(target: string): void {
    this.#length -= this.#frames.get(target)?.frame.length ?? 0
    this.#frames.delete(target)
  }

  /** In the order in which their targets began to wait. */
  [Symbol.iterator](): IterableIterator<[string, WaitingFrame]> {
    return this.#frames[Symbol.iterator]()
  }
}
