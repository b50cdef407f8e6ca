/** How far a run was: a part of it, 0 to 1, and when that was first seen, in milliseconds. */
export interface Sample {
  at: number
  part: number
}

/** The parts that the way so far is cut into, to see if it gets slower. */
const cuts = 12

/** From this agreement on, the way gets slower; a smaller one may be chance. */
const leastAgreement = 0.5

/**
 * The most that the pace may grow by, in paces so far. When each step takes as long as all before
 * it together, a half is done after a quarter of the time, and the rest is twice as slow again.
 */
const mostGrowth = 2

/**
 * The time that the rest will take, in milliseconds, as if it began with the last sample. `null`
 * without two samples.
 *
 * The pace is the median of the slopes between any two places on the way, which one pause does not
 * change [Theil 1950, Sen 1968]. If the way gets slower and slower, so will the rest: the more, the
 * steadier that is [Kendall 1938].
 */
export function restMs(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.part <= first.part) return null
  const length = (last.part - first.part) / cuts
  const times = Array.from({ length: cuts + 1 }, (_, cut) =>
    timeAt(samples, first.part + cut * length),
  )
  const paces = times.slice(1).map((time, cut) => (time - (times[cut] ?? time)) / length)
  const pace = median(slopesBetween(times)) / length
  const left = 1 - last.part
  const way = last.part - first.part
  // From the middle of the way so far to the middle of the rest.
  const ahead = (way + left) / 2 / length
  const growth = Math.max(0, median(slopesBetween(paces))) * trendOf(paces) * ahead
  return (pace + Math.min(growth, mostGrowth * pace)) * left
}

/** When that part was done, on straight lines between the samples. */
function timeAt(samples: readonly Sample[], part: number): number {
  const index = samples.findIndex((sample) => sample.part >= part)
  const [before, after] = [samples[index - 1], samples[index]]
  if (!after) return samples.at(-1)?.at ?? 0
  if (!before) return after.at
  const share = (part - before.part) / (after.part - before.part)
  return before.at + share * (after.at - before.at)
}

/** The slopes between any two values, per step. */
function slopesBetween(values: readonly number[]): number[] {
  return values.flatMap((value, index) =>
    values.slice(index + 1).map((later, steps) => (later - value) / (steps + 1)),
  )
}

/** 1 if each value is larger than those before it, less for fewer, 0 if that may be chance. */
function trendOf(values: readonly number[]): number {
  const signs = slopesBetween(values).map(Math.sign)
  const agreement = signs.reduce((sum, sign) => sum + sign, 0) / signs.length
  return agreement < leastAgreement ? 0 : agreement
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}
