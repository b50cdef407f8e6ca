/**
 * What a bench has found: how something of ours does beside something else, measured in the same
 * rounds.
 */
export interface Figure {
  /** The command that measures it again. */
  command: string
  /** What is measured, and beside what. Unique within its command. */
  name: string
  /** Ours divided by the other's: the median over the rounds. */
  ratio: number
  /** Whether more of it is better, as of deliveries, or less, as of memory. */
  better: 'more' | 'less'
}

/** A figure as it is kept, with the commit it was measured at. */
export interface KeptFigure extends Figure {
  commit: string
}

/** Three digits of a ratio. */
export function showRatio(ratio: number): string {
  return ratio < 100 ? ratio.toPrecision(3) : String(Math.round(ratio))
}

/** Whether two are the same figure, whatever they say. */
export function isSame(a: Figure, b: Figure): boolean {
  return a.command === b.command && a.name === b.name
}
