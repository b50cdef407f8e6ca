/**
 * The functions that code must not call while a page is rendered ahead of time: chance, clocks,
 * timers, the network.
 */
const holders: [holder: object, names: string[]][] = [
  [Math, ['random']],
  [crypto, ['getRandomValues', 'randomUUID']],
  [Date, ['now']],
  [performance, ['now']],
  [globalThis, ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame']],
]
const ours = /\/packages\/(core|react|svelte|vue)\/src\//

/**
 * Runs `render`, and throws when our code uses chance, a clock, a timer or the network meanwhile.
 * Servers
 * that cache rendered pages forbid all four. The framework's own code may use them.
 *
 * @see https://nextjs.org/docs/app/api-reference/config/next-config-js/cacheComponents
 */
export async function renderInert<T>(render: () => T | Promise<T>): Promise<T> {
  const { Date: realDate } = globalThis
  const { stackTraceLimit } = Error
  const undo: (() => void)[] = []
  Error.stackTraceLimit = 100
  const refuse = (name: string): void => {
    const { stack = '' } = new Error()
    const places = stack.split('\n').filter((line) => ours.test(line))
    if (places.length > 0)
      throw new Error(`${name} was used while rendering:\n${places.join('\n')}`)
  }
  for (const [holder, names] of holders) {
    for (const name of names) {
      const real: unknown = Reflect.get(holder, name)
      if (typeof real !== 'function') continue
      const isOwn = Object.hasOwn(holder, name)
      const value = (...args: unknown[]): unknown => {
        refuse(name)
        return Reflect.apply(real, holder, args)
      }
      Object.defineProperty(holder, name, { value, configurable: true, writable: true })
      undo.push(() => {
        if (isOwn)
          Object.defineProperty(holder, name, { value: real, configurable: true, writable: true })
        else Reflect.deleteProperty(holder, name)
      })
    }
  }
  globalThis.Date = new Proxy(realDate, {
    construct(target, args, self) {
      if (args.length === 0) refuse('new Date()')
      return Reflect.construct(target, args, self)
    },
  })
  try {
    return await render()
  } finally {
    globalThis.Date = realDate
    for (const restore of undo) restore()
    Error.stackTraceLimit = stackTraceLimit
  }
}
