/** Steps that undo what was built, in reverse order. */
export interface Teardown {
  /** Adds the step that undoes the last action. */
  defer(undo: () => unknown): void
  /**
   * Runs all steps, last first, even when one fails; rejects with the first failure. A second call
   * returns the same promise.
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

/** Builds something in several steps: when one fails, the earlier ones are undone. */
export async function buildOrUndo<T>(build: (teardown: Teardown) => Promise<T>): Promise<T> {
  const teardown = createTeardown()
  try {
    return await build(teardown)
  } catch (error) {
    // The first error is the one to report: failures of the teardown follow from it.
    await teardown.run().catch(() => undefined)
    throw error
  }
}
