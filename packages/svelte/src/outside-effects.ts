import { on } from 'svelte/events'

/**
 * Runs `work` as Svelte runs an event handler: in no component, effect or template. An effect that is made
 * in a template ends up outside the batch that renders it again, and is never run again.
 */
export function outsideEffects(work: () => void): void {
  const target = new EventTarget()
  on(target, 'run', work, { capture: true })
  target.dispatchEvent(new Event('run'))
}
