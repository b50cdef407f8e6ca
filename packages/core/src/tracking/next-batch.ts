import type { Cell } from './cell.ts'

/** How many characters of arguments go into one batch: at most a quarter of what a server takes, also as UTF-8. */
const maxBatchChars = 250_000

/** How many of those that are due go into the next batch: at least one. Runs have an id and nothing else. */
export function nextBatch(due: readonly Cell[], maxCount: number): number {
  let chars = 0
  const end = due.slice(0, maxCount).findIndex(({ item }, index) => {
    if (item.kind !== 'query') return false
    chars += charsOf(item.args)
    return chars > maxBatchChars && index > 0
  })
  return end === -1 ? Math.min(maxCount, due.length) : end
}

function charsOf(args: unknown): number {
  return JSON.stringify(args)?.length ?? 0
}
