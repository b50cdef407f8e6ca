import { createEstimate, type Estimator } from './estimate.ts'

export { createEstimate, type Estimate, type EstimatedView, type Estimator } from './estimate.ts'

/**
 * Estimates the time that is left for a running job or workflow. It never jumps: it goes down with
 * the clock, and moves gently when the pace changes. All calls on a page share one memory; see
 * {@link createEstimate}.
 *
 * @example
 * ```ts
 * job.state$.subscribe((view) => {
 *   const left = estimate(view)
 *   show(left ? `${Math.ceil(left.remainingMs / 1_000)} s left` : 'working…')
 * })
 * ```
 */
export const estimate: Estimator = /* @__PURE__ */ createEstimate()
