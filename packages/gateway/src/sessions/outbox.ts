import { type Batch, createBatch } from './batch.ts'

/** What one stream has to be told. */
export interface Outbox {
  /** Goes out, however slow the reader is: for what is said once. */
  sendNow(frame: string): void
  /** Goes out now, or as soon as the reader has caught up; then only the newest of its target. */
  send(target: string, frame: string): void
  /** A sign of life; whoever has something to read needs none. */
  ping(frame: string): void
  /** The reader has caught up: sends what waits. */
  drain(): void
  /** Drops what waits for a target: nobody follows it any more, or something else goes by its name. */
  forget(target: string): void
  /** Sends what was said in this turn, and nothing more. */
  close(): void
}

/** The outboxes of one gateway. */
export interface Outboxes {
  /** @param write passes frames on; `false` asks to wait for `drain`, as a Node stream does */
  open(write: (batch: Batch) => boolean): Outbox
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
  let told: (() => void)[] = []

  const flushAll = (): void => {
    const flushing = told
    told = []
    empty = createBatch()
    for (const flush of flushing) flush()
  }
  const open = (write: (batch: Batch) => boolean): Outbox => {
    /** By target, what a slow reader has not been sent. There is something only while `isBlocked`. */
    const waiting = new Map<string, string>()
    let batch: Batch | null = null
    let isBlocked = false
    let isClosed = false

    const flush = (): void => {
      if (batch) isBlocked = !write(batch)
      batch = null
    }
    const outbox: Outbox = {
      sendNow(frame) {
        // A write after the end would be an error that nobody handles.
        if (isClosed) return
        if (!batch) {
          if (told.length === 0) atEndOfTurn(flushAll)
          told.push(flush)
        }
        batch = (batch ?? empty).add(frame)
      },
      send(target, frame) {
        if (isClosed) return
        if (isBlocked) waiting.set(target, frame)
        else outbox.sendNow(frame)
      },
      ping(frame) {
        if (!isBlocked) outbox.sendNow(frame)
      },
      drain() {
        isBlocked = false
        for (const [target, frame] of waiting) {
          waiting.delete(target)
          isBlocked = !write(createBatch().add(frame))
          if (isBlocked) return
        }
      },
      forget: (target) => waiting.delete(target),
      close() {
        flush()
        isClosed = true
        waiting.clear()
      },
    }
    return outbox
  }
  return { open }
}
