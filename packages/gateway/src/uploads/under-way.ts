import { tooManyOwnUploads, tooManyUploads } from '../refusals/uploads.ts'

/**
 * Takes a place for one call with files, and returns the function that releases it. Throws an
 * {@link HttpError}, 503 or 429.
 */
export type Enter = (whose: string) => () => void

/** Counts the calls with files under way, in all and by user or address. */
export function createUnderWay(limits: { maxUnderWay: number; maxUnderWayPerUser: number }): Enter {
  const counts = new Map<string, number>()
  let all = 0
  return (whose) => {
    const own = counts.get(whose) ?? 0
    if (own >= limits.maxUnderWayPerUser) throw tooManyOwnUploads()
    if (all >= limits.maxUnderWay) throw tooManyUploads()
    all += 1
    counts.set(whose, own + 1)
    return () => {
      all -= 1
      const left = (counts.get(whose) ?? 1) - 1
      if (left > 0) counts.set(whose, left)
      else counts.delete(whose)
    }
  }
}
