import type { Logger } from 'pino'

/** The same promise; when it rejects before its caller waits for it, the process goes on. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

/**
 * Lets a promise go on by itself. An error that it does not handle is logged, and does not end the
 * process.
 */
export function inBackground(work: Promise<unknown>, logger: Logger, trouble: string): void {
  work.catch((error: unknown) => logger.error({ err: error }, trouble))
}
