import { on } from 'svelte/events'

/**
 * Runs `work` as Svelte runs an event handler: in no component, effect or template. An effect that is made
 * in a template ends up outside the batch that renders it again, and is never run again.
 */
export function outsideEffects<T>(work: () => T): T {
  const done: { value: T }[] = []
  let failure: unknown
  const target = new EventTarget()
  const handle = (): void => {
    try {
      done.push({ value: work() })
    } catch (error) {
      failure = error
    }
  }
  on(target, 'run', handle, { capture: true })
  target.dispatchEvent(new Event('run'))
  const [result] = done
  // What a handler throws is reported; here the caller has to know.
  if (!result) throw failure
  return result.value
}
