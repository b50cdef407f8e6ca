/** Takes the frames of registrations; a session's outbox is one. */
export interface FrameStream {
  /**
   * Sends a frame now, or later the newest one of its target when the reader is slow.
   *
   * @param sent called once the frame is certain to go out; never when a newer one replaces it
   */
  send(target: string, frame: string, sent?: () => void): void
  /** Drops the frame that waits for a target. */
  forget(target: string): void
}
