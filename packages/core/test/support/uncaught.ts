import { onTestFinished } from 'vitest'

/**
 * Takes the exceptions and rejections that nobody catches, until the test ends. The function that it
 * returns resolves with those so far.
 */
export function catchUncaught(): () => Promise<unknown[]> {
  const caught: unknown[] = []
  const exceptionListeners = process.listeners('uncaughtException')
  const rejectionListeners = process.listeners('unhandledRejection')
  process.removeAllListeners('uncaughtException')
  // Node makes a rejection that no listener takes an exception.
  process.removeAllListeners('unhandledRejection')
  process.on('uncaughtException', (error) => caught.push(error))
  onTestFinished(() => {
    process.removeAllListeners('uncaughtException')
    for (const listener of exceptionListeners) process.on('uncaughtException', listener)
    for (const listener of rejectionListeners) process.on('unhandledRejection', listener)
  })
  return async () => {
    // RxJS reports by a timer of 0 ms: a timer that is set now comes after it.
    await new Promise((resolve) => setTimeout(resolve))
    return caught
  }
}
