import { onTestFinished } from 'vitest'

/**
 * Collects uncaught exceptions and unhandled rejections until the test ends. The returned function
 * resolves with those so far.
 */
export function catchUncaught(): () => Promise<unknown[]> {
  const caught: unknown[] = []
  const exceptionListeners = process.listeners('uncaughtException')
  const rejectionListeners = process.listeners('unhandledRejection')
  process.removeAllListeners('uncaughtException')
  // Without this listener, Node turns an unhandled rejection into an exception.
  process.removeAllListeners('unhandledRejection')
  process.on('uncaughtException', (error) => caught.push(error))
  onTestFinished(() => {
    process.removeAllListeners('uncaughtException')
    for (const listener of exceptionListeners) process.on('uncaughtException', listener)
    for (const listener of rejectionListeners) process.on('unhandledRejection', listener)
  })
  return async () => {
    // RxJS reports errors by a timer of 0 ms, and a timer that is set now fires after it.
    await new Promise((resolve) => setTimeout(resolve))
    return caught
  }
}
