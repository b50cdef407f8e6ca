/** Maps colors to the indexes of a palette. */
export interface Palette {
  /** At most 255 colors. */
  colors: number[]
  indexOf(color: number): number
}

const most = 255

/** A palette of the most frequent colors. Any other color maps to the nearest of them. */
export function createPalette(counts: ReadonlyMap<number, number>): Palette {
  const byCount = [...counts].sort(([, one], [, other]) => other - one)
  const colors = byCount.slice(0, most).map(([color]) => color)
  const indexes = new Map(colors.map((color, index) => [color, index]))
  return {
    colors,
    indexOf(color) {
      const known = indexes.get(color)
      if (known !== undefined) return known
      const index = nearest(colors, color)
      indexes.set(color, index)
      return index
    },
  }
}

function nearest(colors: readonly number[], wanted: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, color] of colors.entries()) {
    const distance = distanceOf(color, wanted)
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

/** The squared distance of two colors. */
function distanceOf(one: number, other: number): number {
  let sum = 0
  for (const shift of [0, 8, 16]) sum += (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2
  return sum
}
