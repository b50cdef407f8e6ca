import { describe, expect, it } from 'vitest'
import { type Trace, traces } from '../../test/support/traces.ts'
import { createEstimate, type Estimate, type EstimatedView } from './estimate.ts'
import { estimate } from './index.ts'

const tickMs = 250
const startedAt = 1_000

const running = (fields: Partial<EstimatedView> = {}): EstimatedView => ({
  jobId: 'a',
  phase: 'running',
  attempt: 1,
  progress: 0,
  done: null,
  total: null,
  startedAt,
  sync: { status: 'live' },
  ...fields,
})

/** The estimates that a page shows of a run, tick by tick. */
const replay = ({ total, samples }: Trace, speed = 1) => {
  const estimate = createEstimate()
  const endMs = (samples.at(-1)?.[0] ?? 0) * speed
  const shown: { leftMs: number; atMs: number; estimate: Estimate | null }[] = []
  for (let atMs = 0; atMs < endMs; atMs += tickMs) {
    const done = samples.findLast(([ms]) => ms * speed <= atMs)?.[1] ?? 0
    const view = running({ done, total, progress: (100 * done) / total })
    const now = startedAt + atMs
    shown.push({ atMs, leftMs: endMs - atMs, estimate: estimate(view, now) })
  }
  return { shown, endMs }
}

const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

describe.each(Object.entries(traces))('a %s run', (_, trace) => {
  it.each([1, 20])('is estimated within 20 % after a quarter, %d times as long', (speed) => {
    const { shown, endMs } = replay(trace, speed)
    const errors = shown.flatMap(({ atMs, leftMs, estimate }) =>
      estimate && atMs >= endMs / 4 ? [Math.abs(estimate.remainingMs / leftMs - 1)] : [],
    )
    expect(errors.length).toBeGreaterThan(shown.length / 4)
    expect(median(errors)).toBeLessThanOrEqual(0.2)
  })

  it('never jumps: besides the clock, at most a fifth of what is shown per second', () => {
    const { shown } = replay(trace)
    for (const [index, { estimate }] of shown.entries()) {
      const before = shown[index - 1]?.estimate
      if (!before || !estimate) continue
      const steadyMs = Math.max(0, before.remainingMs - tickMs)
      const mostMs = (0.2 * Math.max(before.remainingMs, 1_000) * tickMs) / 1_000
      expect(Math.abs(estimate.remainingMs - steadyMs)).toBeLessThanOrEqual(mostMs + 1e-6)
    }
  })
})

/** Moves a run by 1 % each 100 ms, and returns the last answer. */
const move = (
  estimate: ReturnType<typeof createEstimate>,
  toPercent: number,
  fields: Partial<EstimatedView> = {},
): Estimate | null => {
  let last: Estimate | null = null
  for (let percent = 1; percent <= toPercent; percent += 1) {
    last = estimate(running({ progress: percent, ...fields }), startedAt + percent * 100)
  }
  return last
}

it('tells the end, and the time until then', () => {
  const left = move(createEstimate(), 50)
  expect(left?.remainingMs).toBeCloseTo(5_000, -1)
  expect(left?.finishesAt).toBeCloseTo(startedAt + 10_000, -1)
})

it('counts from the start of the attempt, so a page that was just loaded knows it soon', () => {
  const estimate = createEstimate()
  const now = startedAt + 60_000
  for (const step of [0, 1, 2]) estimate(running({ progress: 60 + step }), now + step * 1_000)
  const left = estimate(running({ progress: 63 }), now + 3_000)
  expect(left?.remainingMs).toBeCloseTo(37_000, -2)
})

it('says nothing before there is evidence', () => {
  const estimate = createEstimate()
  expect(move(estimate, 19)).toBeNull()
  expect(move(estimate, 20)).not.toBeNull()
})

it.each<[string, Partial<EstimatedView>]>([
  ['that waits', { phase: 'queued' }],
  ['that has ended', { phase: 'succeeded' }],
  ['without progress', { progress: null }],
  ['that is not started', { jobId: '' }],
])('says nothing of a run %s', (_, fields) => {
  const estimate = createEstimate()
  move(estimate, 50)
  expect(estimate(running({ progress: 50, ...fields }), startedAt + 5_000)).toBeNull()
})

it('begins anew with another attempt', () => {
  const estimate = createEstimate()
  move(estimate, 50)
  const again = { attempt: 2, startedAt: startedAt + 9_000 }
  expect(estimate(running({ progress: 50, ...again }), startedAt + 9_100)).toBeNull()
})

it('gives the same answer to the same view at the same time, and counts down in between', () => {
  const estimate = createEstimate()
  move(estimate, 49)
  const view = running({ progress: 50 })
  const first = estimate(view, startedAt + 5_000)
  expect(estimate(view, startedAt + 5_000)).toEqual(first)
  const later = estimate(view, startedAt + 5_100)
  expect(later?.remainingMs).toBeCloseTo((first?.remainingMs ?? Number.NaN) - 100, -1)
})

it('says nothing any more when a run stops, and counts on while the connection is lost', () => {
  const estimate = createEstimate()
  move(estimate, 50)
  const lost = running({ progress: 50, sync: { status: 'stale' } })
  for (let ms = 100; ms <= 2_000; ms += 100) estimate(lost, startedAt + 5_000 + ms)
  expect(estimate(lost, startedAt + 7_100)?.remainingMs).toBeCloseTo(2_900, -2)
  expect(estimate(running({ progress: 50 }), startedAt + 7_200)).toBeNull()
})

it('keeps the runs apart, workflows too', () => {
  const estimate = createEstimate()
  for (let percent = 1; percent <= 50; percent += 1) {
    estimate(running({ progress: percent }), startedAt + percent * 100)
    estimate(workflow(percent / 2), startedAt + percent * 100)
  }
  expect(estimate(running({ progress: 50 }), startedAt + 5_000)?.remainingMs).toBeCloseTo(5_000, -1)
  expect(estimate(workflow(25), startedAt + 5_000)?.remainingMs).toBeCloseTo(15_000, -2)
})

function workflow(progress: number): EstimatedView {
  const { jobId, ...view } = running({ progress })
  return { ...view, workflowId: 'w' }
}

it('has one for the page', () => {
  expect(estimate(running({ jobId: 'page' }))).toBeNull()
})
