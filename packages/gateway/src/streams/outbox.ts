import { encodeEvent } from '@headway/core/protocol'
import { type Batch, createBatch } from './batch.ts'
import { WaitingFrames } from './waiting-frames.ts'

/** The frames of one stream. */
export interface Outbox {
  /** From now on it writes there. */
  connect(receiver: Receiver): void
  /** Sends a frame that must not be skipped, however slow the reader is. */
  sendNow(frame: string): void
  /**
   * Sends a frame now. While the reader is slow, only the newest frame of each target waits.
   *
   * @param sent called once the frame is certain to go out; never when a newer one replaces it
   */
  send(target: string, frame: string, sent?: () => void): void
  /** Sends a byte to a stream that has nothing waiting. */
  ping(frame: string): void
  /** The reader has not taken all frames. */
  isBlocked(): boolean
  /** The reader has caught up: sends the frames that wait. */
  drain(): void
  /**
   * Calls back once the reader has taken everything that was sent, or the outbox is closed. A
   * reader that takes nothing for a minute meanwhile loses its stream.
   */
  whenTaken(taken: () => void): void
  /** Drops the frame that waits for a target: its registration has ended or was replaced. */
  forget(target: string): void
  /** Sends the frames of this turn, and no more. */
  close(): void
}

/** Passes frames on; `false` asks to wait for `drain`, as a Node stream does. */
export type Write = (batch: Batch) => boolean

/** The receiving end of an outbox. */
export interface Receiver {
  write: Write
  /** Ends the stream if its reader takes nothing for a minute; `false`: no longer. */
  expectReading?(isExpected: boolean): void
}

/** The outboxes of one gateway. */
export interface Outboxes {
  /**
   * An outbox that calls `write`, until it is connected to something else.
   *
   * @param skipped makes the frame that reports skipped states of a target: the client registers it
   * again
   */
  open(write: Write, skipped?: (target: string) => string): Outbox
}

/**
 * The number of characters that are written together in one turn, beyond a single frame, before the
 * reader has to catch up.
 */
const maxBatchLength = 1_048_576

/**
 * Outboxes that write once per turn, up to a limit, however many frames come. A slow reader gets
 * the newest state of each target, as long as there is room. For other targets it is sent that
 * states were skipped, and registers them again. So memory per reader is bounded, and no end is
 * lost.
 *
 * @param atEndOfTurn calls back at the end of the turn
 * @param broken called with the error of a failed write. That stream gets nothing more, so that its
 * client notices the silence; other streams are not affected
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

function toGap(target: string): string {
  return encodeEvent({ type: 'gap', target })
}

/** The shared part of all outboxes of a gateway. */
interface Turn {
  /** Notes that an outbox has something to flush, and gives it the batch to begin from. */
  begin(outbox: TurnOutbox): Batch
  broken(error: unknown): void
}

/** A class, since every stream has one for as long as it lasts. */
class TurnOutbox implements Outbox {
  #receiver: Receiver
  readonly #turn: Turn
  readonly #skipped: (target: string) => string
  /** The frames of this turn. */
  #batch: Batch | null = null
  /**
   * The newest frame of each target that a slow reader has not been sent. Null unless the reader is
   * blocked.
   */
  #waiting: WaitingFrames | null = null
  /** Callers that wait until the reader has taken what was sent. */
  #untaken: (() => void)[] | null = null
  /** The number of characters that were sent in this turn. */
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
    this.#waiting ??= new WaitingFrames()
    this.#waiting.set(target, { frame, sent }, this.#skipped)
  }

  ping(frame: string): void {
    if (!this.#isBlocked) this.sendNow(frame)
  }

  isBlocked(): boolean {
    return this.#isBlocked
  }

  whenTaken(taken: () => void): void {
    this.flush()
    if (!this.#isBlocked || this.#isClosed) return taken()
    if (!this.#untaken) this.#receiver.expectReading?.(true)
    this.#untaken = [...(this.#untaken ?? []), taken]
  }

  drain(): void {
    this.#isBlocked = false
    this.#tellTaken()
    for (const [target, { frame, sent }] of this.#waiting ?? []) {
      this.forget(target)
      this.#write(createBatch().add(frame))
      sent?.()
      if (this.#isBlocked || this.#isClosed) return
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
    this.#tellTaken()
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
      this.#tellTaken()
      this.#turn.broken(error)
    }
  }

  #tellTaken(): void {
    const untaken = this.#untaken
    if (!untaken) return
    this.#untaken = null
    this.#receiver.expectReading?.(false)
    for (const taken of untaken) taken()
  }
}
