/**
 * `HTMLElement`; on a server, where there is none, an empty class: classes can be imported there.
 */
export const ElementBase: typeof HTMLElement = /* @__PURE__ */ (() =>
  typeof HTMLElement === 'undefined' ? (class {} as typeof HTMLElement) : HTMLElement)()
