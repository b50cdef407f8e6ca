import type { BatchAnswer, BatchItem } from '../protocol/envelopes.ts'
import type { ErrorEvent, GapEvent } from '../protocol/server-event.ts'

/** Receives the events of a connection that concern targets. */
export interface ConnectionListener {
  /** Called when a stream opens. Returns the items that its request carries. */
  itemsToCarry(): BatchItem[]
  /** Receives answers to registrations. */
  onAnswers(answers: readonly BatchAnswer[]): void
  /** Receives the text of an `update`, not parsed yet. */
  onUpdate(data: string): void
  /** Receives an `error` or `gap` event of one target. */
  onTrouble(event: ErrorEvent | GapEvent): void
  /**
   * Receives the reason, in one word, why states may be old; `null` when the server is fresh again.
   */
  onFreshness(reason: string | null): void
  /**
   * Called when the time of day jumped. The device may have slept with a clock for durations that
   * stands still in sleep, so the stream may be dead without any sign.
   */
  onClockJump(): void
}
