import { restMs, type Sample } from './pace.ts'

/** The members of a job's or a workflow's view that an estimate is made of. */
export interface EstimatedView {
  jobId?: string
  workflowId?: string
  phase: string
  attempt: number
  progress: number | null
  done: number | null
  total: number | null
  startedAt: number | null
  sync: { status: string }
}

/** When a run will probably end. */
export interface Estimate {
  /** The time that is left, in milliseconds. */
  remainingMs: number
  /** The end, in epoch milliseconds of the device's clock. */
  finishesAt: number
}

/**
 * The time that is left for a running job or workflow; `null` if that cannot be told: it does not
 * run or reports no progress, there is too little evidence yet, or it has stopped moving.
 *
 * @param now the device's clock, in epoch milliseconds. Default: the platform's
 */
export type Estimator = (view: EstimatedView, now?: number) => Estimate | null

/** The memory of one attempt of a run. */
interface Course {
  attempt: number
  startedAt: number | null
  samples: Sample[]
  /** The rest as of the last sample; `null` if it has to be computed. */
  restMs: number | null
  /** The longest time between two samples. */
  gapMs: number
  shown: { at: number; remainingMs: number } | null
}

/** Evidence: so many samples, over so many milliseconds. */
const [leastSamples, leastMs] = [5, 2_000]

/** The samples of one course; then every other one is dropped. */
const mostSamples = 128

/** The runs that are remembered; then the one that was asked for least recently is dropped. */
const mostRuns = 1_000

/** A run has stopped after this time without progress, and this many of its longest gaps. */
const [stoppedMs, stoppedGaps] = [1_500, 3]

/** How much of what is shown may be taken back or added, beyond the clock, per second. */
const mostChange = 0.2

/**
 * Creates an estimator with a memory of its own. A pace can only be seen over time, and each view
 * shows one moment: so it remembers how far each run was when. It forgets a run that ends. A call
 * with the same view and the same time changes nothing, so call it whenever you render.
 */
export function createEstimate(): Estimator {
  const courses = new Map<string, Course>()
  return (view, now = Date.now()) => {
    const id = view.jobId || view.workflowId || ''
    const part = partOf(view)
    if (id === '' || view.phase !== 'running' || part === null) {
      courses.delete(id)
      return null
    }
    const course = followCourse(courses.get(id), view, part, now)
    // The newest is the last one.
    courses.delete(id)
    courses.set(id, course)
    if (courses.size > mostRuns) courses.delete(courses.keys().next().value ?? '')
    const expectedMs = expect(course, view.sync.status, now)
    if (expectedMs === null) {
      course.shown = null
      return null
    }
    const remainingMs = ease(course.shown, expectedMs, now)
    course.shown = { at: Math.max(now, course.shown?.at ?? now), remainingMs }
    return { remainingMs, finishesAt: now + remainingMs }
  }
}

/** The part that is done, 0 to 1; `null` if unknown. */
function partOf({ done, total, progress }: EstimatedView): number | null {
  if (done !== null && total !== null && total > 0) return Math.min(1, done / total)
  return progress === null ? null : progress / 100
}

/** The course with what the view shows. A new attempt, and one that begins again, has a new one. */
function followCourse(
  known: Course | undefined,
  { attempt, startedAt, sync }: EstimatedView,
  part: number,
  now: number,
): Course {
  const last = known?.samples.at(-1)
  if (!known || !last || known.attempt !== attempt || part < last.part) {
    const hasBegun = startedAt !== null && startedAt < now && part > 0
    const begin = hasBegun ? [{ at: startedAt, part: 0 }] : []
    const samples = [...begin, { at: now, part }]
    return { attempt, startedAt, samples, restMs: null, gapMs: 0, shown: null }
  }
  if (part > last.part && now > last.at) {
    known.samples.push({ at: now, part })
    known.restMs = null
    // A gap in the connection says nothing of the run.
    if (sync.status === 'live') known.gapMs = Math.max(known.gapMs, now - last.at)
    if (known.samples.length > mostSamples) {
      known.samples = known.samples.filter((_, index) => index % 2 === 0)
    }
  }
  return known
}

/** The time that is left, by the evidence; `null` without any. */
function expect(course: Course, sync: string, now: number): number | null {
  const { samples, gapMs } = course
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || samples.length < leastSamples || last.at - first.at < leastMs) return null
  course.restMs ??= restMs(samples)
  if (course.restMs === null) return null
  const silentMs = now - last.at
  const isLive = sync === 'live'
  if (isLive && silentMs > Math.max(stoppedMs, stoppedGaps * gapMs)) return null
  // Until the next step is due, the run goes on; from then on, it is late by each moment.
  const goneMs = isLive ? Math.min(silentMs, gapMs) : silentMs
  return Math.max(0, course.restMs - goneMs)
}

/** The next time to show: it goes down with the clock, and moves towards the evidence gently. */
function ease(shown: Course['shown'], expectedMs: number, now: number): number {
  if (!shown) return expectedMs
  const passedMs = Math.max(0, now - shown.at)
  const steadyMs = Math.max(0, shown.remainingMs - passedMs)
  const halfWayMs = Math.min(5_000, Math.max(500, expectedMs / 12))
  const change = (expectedMs - steadyMs) * (1 - 2 ** (-passedMs / halfWayMs))
  const mostMs = (mostChange * Math.max(shown.remainingMs, 1_000) * passedMs) / 1_000
  return steadyMs + Math.min(mostMs, Math.max(-mostMs, change))
}
