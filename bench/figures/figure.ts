/** A finding of a bench: our value beside a peer's, measured in the same rounds. */
export interface Figure {
  /** The command that measures it again. */
  command: string
  /** Names the measured thing and the peer. Unique within its command. */
  name: string
  /** Ours divided by the other's: the median over the rounds. */
  ratio: number
  /** `more` for deliveries and the like, `less` for memory and the like. */
  better: 'more' | 'less'
}

/** A figure as it is kept, with the commit it was measured at. */
export interface KeptFigure extends Figure {
  commit: string
}

/** A ratio with three digits. */
export function showRatio(ratio: number): string {
  return ratio < 100 ? ratio.toPrecision(3) : String(Math.round(ratio))
}

/** True for the same figure, whatever the ratios. */
export function isSame(a: Figure, b: Figure): boolean {
  return a.command === b.command && a.name === b.name
}
