/** What has to be undone, in the order opposite to that in which it was done. */
export interface Teardown {
  /** Notes how to undo what was just done. */
  defer(undo: () => unknown): void
  /**
   * Undoes everything, last first, each step even when another failed; rejects with what failed
   * first. Calling it twice is harmless.
   */
  run(): Promise<void>
}

/** A teardown of nothing yet. */
export function createTeardown(): Teardown {
  const steps: (() => unknown)[] = []
  let running: Promise<void> | undefined

  const undoAll = async (): Promise<void> => {
    const failures: unknown[] = []
    for (const undo of steps.reverse()) {
      try {
        await undo()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    defer: (undo) => steps.push(undo),
    run() {
      running ??= undoAll()
      return running
    },
  }
}

/** Builds something of several parts: when one cannot be made, those before it are undone. */
export async function buildOrUndo<T>(build: (teardown: Teardown) => Promise<T>): Promise<T> {
  const teardown = createTeardown()
  try {
    return await build(teardown)
  } catch (error) {
    // Why it could not be built says more than what could not be undone after that.
    await teardown.run().catch(() => undefined)
    throw error
  }
}
