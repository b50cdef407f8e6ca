import { type Figure, isSame, type KeptFigure, showRatio } from './figure.ts'

/** A measured figure beside the kept one. */
export interface Compared {
  figure: Figure
  kept: KeptFigure
}

/** The figures of a run, sorted by how they compare with the kept ones. */
export interface Comparison {
  /** Worse by more than a tenth, or not measurable any more. */
  fallen: Compared[]
  /** As before, or better. */
  held: Compared[]
  /** Never kept before. */
  unknown: Figure[]
}

/** The part by which a figure may get worse, since machines are noisy. */
const tolerance = 0.1

/** Compares measured figures with kept ones. Kept figures that were not measured are left out. */
export function compare(kept: readonly KeptFigure[], measured: readonly Figure[]): Comparison {
  const comparison: Comparison = { fallen: [], held: [], unknown: [] }
  for (const figure of measured) {
    const before = kept.find((one) => isSame(one, figure))
    if (!before) comparison.unknown.push(figure)
    else if (hasFallen(before, figure)) comparison.fallen.push({ figure, kept: before })
    else comparison.held.push({ figure, kept: before })
  }
  return comparison
}

function hasFallen(kept: KeptFigure, { ratio, better }: Figure): boolean {
  if (Number.isNaN(ratio)) return true
  return better === 'more'
    ? ratio < kept.ratio * (1 - tolerance)
    : ratio > kept.ratio * (1 + tolerance)
}

/** A comparison as lines of text. Fallen figures come last, where a reader sees them. */
export function describeComparison({ fallen, held, unknown }: Comparison): string[] {
  const show = ({ command, name }: Figure): string => `${name}  (${command})`
  const was = ({ figure, kept }: Compared): string =>
    `${showRatio(figure.ratio)} x, was ${showRatio(kept.ratio)} x at ${kept.commit}: ${show(figure)}`
  const total = fallen.length + held.length
  return [
    ...held.map((one) => `held    ${was(one)}`),
    ...unknown.map((figure) => `new     ${showRatio(figure.ratio)} x: ${show(figure)}`),
    ...fallen.map((one) => `FALLEN  ${was(one)}`),
    fallen.length > 0
      ? `${fallen.length} of ${total} figures fell by more than a tenth.`
      : `None of ${total} figures fell by more than a tenth.`,
  ]
}
