/** So many changes have at most {@link mostAnnounced} announcements. */
export const windowTicks = 1_000
export const mostAnnounced = 6

/** The announcements of late, and if the last change is one of them. Plain data. */
export interface Spent {
  /** The number of changes so far. */
  tick: number
  /** The numbers of those that were announced. */
  said: readonly number[]
  /** True if the last change is announced. */
  isAllowed: boolean
}

/** Before the first change. */
export const fullBudget: Spent = { tick: 0, said: [], isAllowed: false }

/**
 * The budget after one more change: it is announced if it is news, and some budget is left. Pure.
 */
export function spend(budget: Spent, isNews: boolean): Spent {
  const tick = budget.tick + 1
  const said = budget.said.filter((at) => at > tick - windowTicks)
  const isAllowed = isNews && said.length < mostAnnounced
  return { tick, said: isAllowed ? [...said, tick] : said, isAllowed }
}
