/**
 * True if a pushed state is newer than the known one. With revisions, the higher one is newer.
 * Without revisions (on Forge), every push counts as newer if it `isPlausible`.
 *
 * @param newest the highest revision so far; `null` without one
 * @param isPlausible false for a push that would reopen an ended run
 */
export function isNewerPush(
  newest: number | null,
  revision: number | undefined,
  isPlausible = true,
): boolean {
  return newest !== null && revision !== undefined ? revision > newest : isPlausible
}

/**
 * True if the answer of a new registration may replace the known state: its revision is not lower.
 */
export function isNewerAnswer(newest: number | null, revision: number | undefined): boolean {
  return newest === null || revision === undefined || revision >= newest
}
