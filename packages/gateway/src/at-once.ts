/**
 * Does work for each item, a few at a time, and the first ones first. Rejects with the first
 * failure, and begins nothing after it.
 */
export async function forEachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const left = items[Symbol.iterator]()
  let hasFailed = false
  const next = async (): Promise<void> => {
    for (const item of left) {
      if (hasFailed) return
      await work(item)
    }
  }
  const guarded = Array.from({ length: Math.min(atOnce, items.length) }, () =>
    next().catch((error: unknown) => {
      hasFailed = true
      throw error
    }),
  )
  await Promise.all(guarded)
}
