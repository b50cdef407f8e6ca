/** Props that a component follows: each may be set anew. */
export function createState<T extends Record<string, unknown>>(first: T): T {
  const state = $state(first)
  return state
}
