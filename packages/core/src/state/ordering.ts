/**
 * Whether a pushed state may replace what is known.
 *
 * With revisions the higher one is newer. Without them (`null`, a server without our extensions) a
 * push is news by its arrival, except that nothing but a fresh registration reopens what has ended.
 */
export function isNewerPush(
  known: { newest: number | null; isDone: boolean },
  revision: number | null,
): boolean {
  if (known.newest !== null && revision !== null) return revision > known.newest
  return !known.isDone
}

/** Whether a fresh registration's answer may replace what is known: unless a revision proves it older. */
export function isNewerAnswer(newest: number | null, revision: number | null): boolean {
  return newest === null || revision === null || revision >= newest
}
