import type { Cell } from './cell.ts'

/**
 * The most characters of arguments in one batch: a quarter of what a server takes, so they fit as
 * UTF-8 too.
 */
const maxBatchChars = 250_000

/**
 * The number of cells from `due` that go into the next batch: at least one, at most `maxCount`.
 * Only queries count, since a run is an id and nothing else.
 */
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
