/**
 * Makes the definition of a name when it is first read. `jobs.export_users` is the same object each
 * time. Symbols and `then` give `undefined`, so that you can log the object, compare it and return
 * it from an async function.
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
