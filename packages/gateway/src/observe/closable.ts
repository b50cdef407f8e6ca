/** Work that ends with its owner, even if what it waits for never answers. */
export interface Closable {
  /** The same result, or a rejection when the owner is closed first. */
  unlessClosed<T>(work: Promise<T>): Promise<T>
  close(): void
}

/** A client of Redis that is closed while it connects again never answers its waiting commands. */
export function createClosable(message: string): Closable {
  const pending = new Set<(error: Error) => void>()
  let isClosed = false
  return {
    // Not `Promise.race`: what never settles would keep each of its races.
    unlessClosed: (work) =>
      new Promise((resolve, reject) => {
        const fail = (error: Error): void => {
          pending.delete(fail)
          reject(error)
        }
        pending.add(fail)
        // Also of work that comes too late: its own failure is nobody's then.
        work.then((result) => {
          pending.delete(fail)
          resolve(result)
        }, fail)
        if (isClosed) fail(new Error(message))
      }),
    close() {
      isClosed = true
      for (const fail of [...pending]) fail(new Error(message))
    },
  }
}
