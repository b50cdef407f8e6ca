import type { HTMLAttributes } from 'svelte/elements'
import type { ElementProperties } from './element-properties.ts'

/* Types of the elements for Svelte: `import type {} from '@headway/elements/svelte'`. */

/** The properties of an element in Svelte: its own, and those of every HTML element. */
export type SvelteProperties<TName extends keyof ElementProperties> = HTMLAttributes<
  HTMLElementTagNameMap[TName]
> &
  ElementProperties[TName] &
  (TName extends 'headway-tray'
    ? { 'onheadway-download'?: (event: HTMLElementEventMap['headway-download']) => void }
    : object)

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'headway-progress': SvelteProperties<'headway-progress'>
    'headway-steps': SvelteProperties<'headway-steps'>
    'headway-connection': SvelteProperties<'headway-connection'>
    'headway-tray': SvelteProperties<'headway-tray'>
  }
}
