import type { Logger } from 'pino'

/** The same promise, which ends no process when it rejects and its caller has not waited for it. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

/**
 * Lets something go on by itself. It handles what it expects; anything else is logged, and ends no
 * process.
 */
export function inBackground(work: Promise<unknown>, logger: Logger, trouble: string): void {
  work.catch((error: unknown) => logger.error({ err: error }, trouble))
}
