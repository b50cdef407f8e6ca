/** The promises by name: of this process, not of this module, which may be loaded several times. */
const key = Symbol.for('headway.oncePerProcess')
const kept: typeof globalThis & { [key]?: Map<string, Promise<unknown>> } = globalThis

/**
 * A function that starts something at its first call, and returns the same promise at each later
 * one. Frameworks load a module several times: for each route that imports it, and again after an
 * edit. They also load it while they build the application, where nothing may start. If the start
 * fails, the next call tries again.
 *
 * @param name names it in this process: the first `start` of a name wins
 *
 * @example
 * ```ts
 * export const headway = oncePerProcess('headway', async () => {
 *   const gateway = await createGateway(app)
 *   stopOnSignals({ gateway, worker: await createWorker(app) })
 *   return gateway
 * })
 * ```
 */
export function oncePerProcess<T>(name: string, start: () => Promise<T>): () => Promise<T> {
  kept[key] ??= new Map()
  const promises = kept[key]
  return () => {
    const running = promises.get(name)
    if (running) return running as Promise<T>
    const starting = Promise.resolve().then(start)
    promises.set(name, starting)
    starting.catch(() => promises.delete(name))
    return starting
  }
}
