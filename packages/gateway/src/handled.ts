/** The same promise, which ends no process when it rejects and its caller has not waited for it. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
