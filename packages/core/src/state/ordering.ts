/**
 * Whether a pushed state may replace what is known.
 *
 * With revisions the higher one is newer. Without them (a server without our extensions) a push is
 * news by its arrival, unless it is not `isPlausible`: it would reopen what has ended.
 */
export function isNewerPush(
  newest: number | null,
  revision: number | undefined,
  isPlausible = true,
): boolean {
  return newest !== null && revision !== undefined ? revision > newest : isPlausible
}

/** Whether a fresh registration's answer may replace what is known: unless a revision proves it older. */
export function isNewerAnswer(newest: number | null, revision: number | undefined): boolean {
  return newest === null || revision === undefined || revision >= newest
}
