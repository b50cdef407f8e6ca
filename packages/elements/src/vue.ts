import type { HTMLAttributes } from 'vue'
import type { ElementProperties } from './element-properties.ts'

/* Types of the elements for Vue: `import type {} from '@headway/elements/vue'`. */

/** An element as Vue's templates see it. */
export type VueElement<TName extends keyof ElementProperties> = new () => {
  $props: HTMLAttributes & ElementProperties[TName]
  $emit: TName extends 'headway-tray'
    ? (event: 'headway-download', payload: HTMLElementEventMap['headway-download']) => void
    : () => void
}

declare module 'vue' {
  interface GlobalComponents {
    'headway-progress': VueElement<'headway-progress'>
    'headway-steps': VueElement<'headway-steps'>
    'headway-connection': VueElement<'headway-connection'>
    'headway-tray': VueElement<'headway-tray'>
  }
}
