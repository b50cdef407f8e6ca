import { type Batch, createBatch } from './batch.ts'

/** What one stream has to be told. */
export interface Outbox {
  /** From now on it writes there. */
  connect(receiver: Receiver): void
  /** Goes out, however slow the reader is: for what is said once. */
  sendNow(frame: string): void
  /**
   * Goes out now, or as soon as the reader has caught up; then only the newest of its target.
   *
   * @param sent called once nothing can keep the frame from going out; never, when a newer one takes its place
   */
  send(target: string, frame: string, sent?: () => void): void
  /** A sign of life; whoever has something to read needs none. */
  ping(frame: string): void
  /** Whether the reader has not taken what was sent. */
  isBlocked(): boolean
  /** The reader has caught up: sends what waits. */
  drain(): void
  /** Drops what waits for a target: nobody follows it any more, or something else goes by its name. */
  forget(target: string): void
  /** Sends what was said in this turn, and nothing more. */
  close(): void
}

/** Passes frames on; `false` asks to wait for `drain`, as a Node stream does. */
export type Write = (batch: Batch) => boolean

/** What takes frames. */
export interface Receiver {
  write: Write
}

/** The outboxes of one gateway. */
export interface Outboxes {
  /** An outbox that writes there, until it is connected to something else. */
  open(write: Write): Outbox
}

/**
 * Outboxes that each write once per turn, however much they are told in it. A slow reader gets the newest
 * state of each target, so that what waits for it is bounded by what it registered, and nothing final is lost.
 *
 * @param atEndOfTurn calls back when all that is to be said at once has been said
 */
export function createOutboxes(
  atEndOfTurn: (flush: () => void) => void = process.nextTick,
): Outboxes {
  let empty = createBatch()
  let told: TurnOutbox[] = []
  const flush = (): void => {
    const flushing = told
    told = []
    empty = createBatch()
    for (const outbox of flushing) outbox.flush()
  }
  const begin = (outbox: TurnOutbox): Batch => {
    if (told.length === 0) atEndOfTurn(flush)
    told.push(outbox)
    return empty
  }
  return { open: (write) => new TurnOutbox(write, begin) }
}

/** A frame that a slow reader has not been sent. */
interface WaitingFrame {
  frame: string
  sent: (() => void) | undefined
}

/** A class, since every stream has one for as long as it lasts. */
class TurnOutbox implements Outbox {
  #receiver: Receiver
  readonly #begin: (outbox: TurnOutbox) => Batch
  /** What was said in this turn. */
  #batch: Batch | null = null
  /** By target, what a slow reader has not been sent. There is something only while it is blocked. */
  #waiting: Map<string, WaitingFrame> | null = null
  #isBlocked = false
  #isClosed = false

  /** @param begin notes that an outbox has something to flush, and gives it the batch to begin from */
  constructor(write: Write, begin: (outbox: TurnOutbox) => Batch) {
    this.#receiver = { write }
    this.#begin = begin
  }

  connect(receiver: Receiver): void {
    this.#receiver = receiver
  }

  sendNow(frame: string): void {
    // A write after the end would be an error that nobody handles.
    if (this.#isClosed) return
    this.#batch = (this.#batch ?? this.#begin(this)).add(frame)
  }

  send(target: string, frame: string, sent?: () => void): void {
    if (this.#isClosed) return
    if (!this.#isBlocked) {
      this.sendNow(frame)
      sent?.()
      return
    }
    this.#waiting ??= new Map()
    this.#waiting.set(target, { frame, sent })
  }

  ping(frame: string): void {
    if (!this.#isBlocked) this.sendNow(frame)
  }

  isBlocked(): boolean {
    return this.#isBlocked
  }

  drain(): void {
    this.#isBlocked = false
    for (const [target, { frame, sent }] of this.#waiting ?? []) {
      this.#waiting?.delete(target)
      this.#isBlocked = !this.#receiver.write(createBatch().add(frame))
      sent?.()
      if (this.#isBlocked) return
    }
    this.#waiting = null
  }

  forget(target: string): void {
    this.#waiting?.delete(target)
  }

  close(): void {
    this.flush()
    this.#isClosed = true
    this.#waiting = null
  }

  flush(): void {
    const batch = this.#batch
    this.#batch = null
    if (batch) this.#isBlocked = !this.#receiver.write(batch)
  }
}
