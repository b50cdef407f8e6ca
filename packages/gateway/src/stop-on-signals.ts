import type { Logger } from 'pino'
import type { Gateway } from './gateway.ts'
import type { Worker } from './worker.ts'

/** The parts of a process, and the options of its stop. */
export interface Stoppable {
  gateway?: Pick<Gateway, 'drain' | 'close'>
  worker?: Pick<Worker, 'close'>
  /**
   * Stopped last, after both have closed: `embeddedPostgres()`. Without it, that stops once the
   * process has ended.
   */
  database?: { stop(): Promise<void> }
  /** The time over which clients are disconnected, in milliseconds. Default 10,000. */
  drainMs?: number
  /** Told why a part could not be stopped. */
  logger?: Pick<Logger, 'error'>
}

const signals = ['SIGTERM', 'SIGINT'] as const

/**
 * The time in which a signal counts as the one before, in milliseconds: npm passes on the Ctrl-C
 * that the terminal has sent already.
 */
const sameMs = 500

/**
 * Stops in order on SIGTERM or SIGINT. Clients are disconnected gradually while the worker finishes
 * its tasks and takes no more. Then everything closes, and the process exits with 0. A second
 * signal ends it at once, with 1: other workers take over what was running. Signals within 500 ms
 * count as one, since `npm start` passes on the Ctrl-C of the terminal.
 *
 * @example
 * ```ts
 * stopOnSignals({ gateway, worker })
 * ```
 */
export function stopOnSignals({
  gateway,
  worker,
  database,
  drainMs = 10_000,
  logger,
}: Stoppable): void {
  let stoppedAt: number | null = null
  const stop = async (): Promise<void> => {
    if (stoppedAt !== null) {
      if (performance.now() - stoppedAt > sameMs) process.exit(1)
      return
    }
    stoppedAt = performance.now()
    const ends = await Promise.allSettled([gateway?.drain({ overMs: drainMs }), worker?.close()])
    ends.push(...(await Promise.allSettled([gateway?.close()])))
    ends.push(...(await Promise.allSettled([database?.stop()])))
    const failed = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
    for (const error of failed) logger?.error({ err: error }, 'a part could not be stopped')
    process.exit(failed.length === 0 ? 0 : 1)
  }
  for (const signal of signals) {
    process.on(signal, () => {
      // Such as a logger that throws: the process was asked to end, and ends.
      stop().catch(() => process.exit(1))
    })
  }
}
