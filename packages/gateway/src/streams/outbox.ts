import { encodeEvent } from '@headway/core/protocol'
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

/** The receiving end of an outbox. */
export interface Receiver {
  write: Write
}

/** The outboxes of one gateway. */
export interface Outboxes {
  /**
   * An outbox that writes there, until it is connected to something else.
   *
   * @param skipped makes the frame that says that states of a target were skipped: the client then
   * registers it again
   */
  open(write: Write, skipped?: (target: string) => string): Outbox
}

/**
 * How many characters are written together in one turn, beyond a single frame, before the reader is
 * asked to wait.
 */
const maxBatchLength = 1_048_576

/** How many characters may wait for a slow reader. */
const maxWaitingLength = 4 * 1_048_576

/**
 * Outboxes that each write once per turn, up to a limit, however many frames come. A slow reader
 * gets the newest state of each target, as long as there is room: for other targets it learns that
 * states were skipped, and registers them again. So the memory for one reader is bounded, and no
 * end is lost.
 *
 * @param atEndOfTurn calls back when all that is to be said at once has been said
 * @param broken told of what a stream threw when it was written to. That stream is told nothing
 * more, so that its client notices the silence; all others are
 */
export function createOutboxes(
  atEndOfTurn: (flush: () => void) => void = process.nextTick,
  broken: (error: unknown) => void = () => undefined,
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
  const turn = { begin, broken }
  return { open: (write, skipped = toGap) => new TurnOutbox(write, turn, skipped) }
}

/** Frames of so many characters are never skipped. */
const shortLength = 64

function toGap(target: string): string {
  return encodeEvent({ type: 'gap', target })
}

/** What the outboxes of one gateway share. */
interface Turn {
  /** Notes that an outbox has something to flush, and gives it the batch to begin from. */
  begin(outbox: TurnOutbox): Batch
  broken(error: unknown): void
}

/** A frame that a slow reader has not been sent. */
interface WaitingFrame {
  frame: string
  sent: (() => void) | undefined
}

/** A class, since every stream has one for as long as it lasts. */
class TurnOutbox implements Outbox {
  #receiver: Receiver
  readonly #turn: Turn
  readonly #skipped: (target: string) => string
  /** What was said in this turn. */
  #batch: Batch | null = null
  /** By target, what a slow reader has not been sent. There is something only while it is blocked. */
  #waiting: Map<string, WaitingFrame> | null = null
  /** How many characters wait. */
  #waitingLength = 0
  /** How many characters were sent in this turn. */
  #batchLength = 0
  #isBlocked = false
  #isClosed = false

  constructor(write: Write, turn: Turn, skipped: (target: string) => string) {
    this.#receiver = { write }
    this.#turn = turn
    this.#skipped = skipped
  }

  connect(receiver: Receiver): void {
    this.#receiver = receiver
  }

  sendNow(frame: string): void {
    // A write after the end would be an unhandled error.
    if (this.#isClosed) return
    this.#batchLength += frame.length
    this.#batch = (this.#batch ?? this.#turn.begin(this)).add(frame)
  }

  send(target: string, frame: string, sent?: () => void): void {
    if (this.#isClosed) return
    if (this.#batchLength + frame.length > maxBatchLength) this.flush()
    if (!this.#isBlocked) {
      this.sendNow(frame)
      sent?.()
      return
    }
    this.#waiting ??= new Map()
    this.#waitingLength -= this.#waiting.get(target)?.frame.length ?? 0
    const length = this.#waitingLength + frame.length
    // What is as short as the word that it was skipped takes no more room than that.
    const fits = frame.length <= shortLength || length <= maxWaitingLength
    const waiting = fits ? { frame, sent } : { frame: this.#skipped(target), sent: undefined }
    this.#waiting.set(target, waiting)
    this.#waitingLength += waiting.frame.length
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
      this.forget(target)
      this.#write(createBatch().add(frame))
      sent?.()
      if (this.#isBlocked || this.#isClosed) return
    }
    this.#waiting = null
  }

  forget(target: string): void {
    this.#waitingLength -= this.#waiting?.get(target)?.frame.length ?? 0
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
    this.#batchLength = 0
    if (batch) this.#write(batch)
  }

  #write(batch: Batch): void {
    try {
      this.#isBlocked = !this.#receiver.write(batch)
    } catch (error) {
      this.#isClosed = true
      this.#waiting = null
      this.#turn.broken(error)
    }
  }
}
