import type { Logger } from 'pino'
import type { Gateway } from './gateway.ts'
import type { Worker } from './worker.ts'

/** What a process runs, and how it is to stop. */
export interface Stoppable {
  gateway?: Pick<Gateway, 'drain' | 'close'>
  worker?: Pick<Worker, 'close'>
  /** What has to be there until both have closed: `embeddedPostgres()`. */
  database?: { stop(): Promise<void> }
  /** Over how many milliseconds clients are sent away. Default 10,000. */
  drainMs?: number
  /** Told why a part could not be stopped. */
  logger?: Pick<Logger, 'error'>
}

const signals = ['SIGTERM', 'SIGINT'] as const

/**
 * Stops in order when the process is asked to end: clients are sent away one after the other while the worker
 * finishes what it runs and takes nothing more, then everything closes and the process ends, with 0. Asked a
 * second time it ends at once, with 1: what ran is taken again elsewhere.
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
  let isStopping = false
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1)
    isStopping = true
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
