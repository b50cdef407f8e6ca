import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { ElementProperties } from './element-properties.ts'

/* Types of the elements for React: `import type {} from '@headway/elements/jsx'`. */

/** The properties of an element in JSX: its own, and those of every HTML element. */
export type JsxProperties<TName extends keyof ElementProperties> = DetailedHTMLProps<
  HTMLAttributes<HTMLElementTagNameMap[TName]>,
  HTMLElementTagNameMap[TName]
> &
  ElementProperties[TName]

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'headway-progress': JsxProperties<'headway-progress'>
      'headway-steps': JsxProperties<'headway-steps'>
      'headway-connection': JsxProperties<'headway-connection'>
      'headway-tray': JsxProperties<'headway-tray'>
    }
  }
}
