/**
 * Text with places where a line may break. It prints on one line where it fits, else it breaks at
 * its outermost places first.
 *
 * @see Philip Wadler, "A prettier printer", 2003
 */
export type Doc =
  | string
  | readonly Doc[]
  /** A place to break; unbroken it prints as `flat`. */
  | { type: 'line'; flat: string; isHard: boolean }
  | { type: 'indent'; doc: Doc }
  /** Breaks at all of its places, or at none. */
  | { type: 'group'; doc: Doc; isBroken: boolean }
  | { type: 'ifBroken'; broken: Doc; flat: Doc }

/** A space, or a line break. */
export const line: Doc = { type: 'line', flat: ' ', isHard: false }
/** Nothing, or a line break. */
export const softline: Doc = { type: 'line', flat: '', isHard: false }
/** A line break; every group around it breaks too. */
export const hardline: Doc = { type: 'line', flat: '', isHard: true }

/** Indents a doc by two columns after each of its line breaks. */
export function indent(...doc: Doc[]): Doc {
  return { type: 'indent', doc }
}

/** Breaks at all places of a doc, or at none. */
export function group(...doc: Doc[]): Doc {
  return { type: 'group', doc, isBroken: hasHardline(doc) }
}

/** One doc when the group around it breaks, another when it does not. */
export function ifBroken(broken: Doc, flat: Doc = ''): Doc {
  return { type: 'ifBroken', broken, flat }
}

/** The width of a doc on one line, in columns. */
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
