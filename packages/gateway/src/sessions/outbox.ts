/** What waits to go out on one stream. */
export interface Outbox {
  /** Sends what must not be lost or superseded: `connected`, the last word. */
  sendNow(bytes: Buffer): void
  /** Sends a target's newest state; while the reader is slow it supersedes the one that waits. */
  send(target: string, bytes: Buffer): void
  /** Sends a ping, unless bytes wait anyway. */
  ping(bytes: Buffer): void
  /** The reader has caught up: sends what waits. */
  drain(): void
  /** Drops what waits for a target: nobody follows it any more, or something else goes by its name. */
  forget(target: string): void
  /** Sends nothing more. */
  close(): void
}

/**
 * The outbox of one stream: a slow reader gets the newest state of each target, so that what waits
 * for it is bounded by what it registered, and nothing final is lost.
 *
 * @param write passes bytes on; `false` asks to wait for `drain`, as a Node stream does
 */
export function createOutbox(write: (bytes: Buffer) => boolean): Outbox {
  const waiting = new Map<string, Buffer>()
  let isBlocked = false
  let isClosed = false

  const pass = (bytes: Buffer): void => {
    // A write after the end would be an error that nobody handles.
    if (!isClosed) isBlocked = !write(bytes)
  }
  return {
    sendNow: pass,
    send(target, bytes) {
      if (isBlocked) waiting.set(target, bytes)
      else pass(bytes)
    },
    ping(bytes) {
      if (!isBlocked) pass(bytes)
    },
    drain() {
      isBlocked = false
      for (const [target, bytes] of waiting) {
        waiting.delete(target)
        pass(bytes)
        if (isBlocked) return
      }
    },
    forget: (target) => waiting.delete(target),
    close() {
      isClosed = true
      waiting.clear()
    },
  }
}
