import type { Logger } from 'pino'

/** The same promise. A rejection before its caller awaits it does not end the process. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}

/** Runs work without awaiting it. Its errors are logged and do not end the process. */
export function inBackground(work: Promise<unknown>, logger: Logger, trouble: string): void {
  work.catch((error: unknown) => logger.error({ err: error }, trouble))
}
