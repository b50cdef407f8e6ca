import { on } from 'svelte/events'

/**
 * Runs `work` as an event handler, outside of any component, effect or template. Svelte never runs
 * an effect again that was created in a template.
 */
export function outsideEffects(work: () => void): void {
  const target = new EventTarget()
  on(target, 'run', work, { capture: true })
  target.dispatchEvent(new Event('run'))
}
