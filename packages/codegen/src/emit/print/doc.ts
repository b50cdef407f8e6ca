/**
 * Text with places where it may break. Printed on one line where that fits, else broken at the outermost
 * places first.
 *
 * @see Philip Wadler, "A prettier printer", 2003
 */
export type Doc =
  | string
  | readonly Doc[]
  /** A place to break: when it does not, `flat` stands there. */
  | { type: 'line'; flat: string; isHard: boolean }
  | { type: 'indent'; doc: Doc }
  /** Breaks at all its own places, or at none. */
  | { type: 'group'; doc: Doc; isBroken: boolean }
  | { type: 'ifBroken'; broken: Doc; flat: Doc }

/** A space, or a new line. */
export const line: Doc = { type: 'line', flat: ' ', isHard: false }
/** Nothing, or a new line. */
export const softline: Doc = { type: 'line', flat: '', isHard: false }
/** A new line: whatever is around it breaks, too. */
export const hardline: Doc = { type: 'line', flat: '', isHard: true }

/** What stands two columns further in, when it is broken. */
export function indent(...doc: Doc[]): Doc {
  return { type: 'indent', doc }
}

/** What breaks at all its own places, or at none. */
export function group(...doc: Doc[]): Doc {
  return { type: 'group', doc, isBroken: hasHardline(doc) }
}

/** One text when the group around it is broken, and another when it is not. */
export function ifBroken(broken: Doc, flat: Doc = ''): Doc {
  return { type: 'ifBroken', broken, flat }
}

/** How long a doc is on one line. */
export function widthOf(doc: Doc): number {
  if (typeof doc === 'string') return doc.length
  if (isDocs(doc)) return doc.reduce<number>((sum, inner) => sum + widthOf(inner), 0)
  if (doc.type === 'line') return doc.flat.length
  return widthOf(doc.type === 'ifBroken' ? doc.flat : doc.doc)
}

function hasHardline(doc: Doc): boolean {
  if (typeof doc === 'string') return false
  if (isDocs(doc)) return doc.some(hasHardline)
  if (doc.type === 'line') return doc.isHard
  if (doc.type === 'group') return doc.isBroken
  return hasHardline(doc.type === 'ifBroken' ? doc.broken : doc.doc)
}

/** Tells a sequence of docs from the other forms. */
export function isDocs(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc)
}
