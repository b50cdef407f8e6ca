/**
 * Makes a definition for each name on first use: `jobs.export_users` is the same object each time.
 * Symbols and `then` are no names, so that the object can be logged, compared and returned from an
 * async function.
 */
export function namesOf<T>(define: (name: string) => unknown): T {
  const known = new Map<string, unknown>()
  return new Proxy(Object.freeze({}), {
    get(_, name) {
      if (typeof name !== 'string' || name === 'then') return undefined
      if (!known.has(name)) known.set(name, define(name))
      return known.get(name)
    },
  }) as T
}
