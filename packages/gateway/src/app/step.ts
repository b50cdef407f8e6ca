import { notNegative, positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'
import type { Backoff } from './job.ts'

/** What a step can hear. */
export interface StepContext {
  /** The same whenever this step of this run is done, and of no other: an idempotency key for whoever it calls. */
  readonly key: string
  /** 1 for the first try of the step. */
  readonly attempt: number
  /** Aborts when the workflow is to be cancelled (with a `CancelRequested`), when the step has taken too long, or when another process has taken the workflow. */
  readonly signal: AbortSignal
}

/** How often a step is tried. */
export interface Retry {
  /** From 1. */
  attempts: number
  /** How long to wait before another try. Default: one second, doubled each time. */
  backoff?: Backoff
}

/** How a step is done. */
export interface StepOptions<T> {
  /** Default: one try. */
  retry?: Retry
  /** How long each try may take, in milliseconds. Default: as long as it takes. */
  timeout?: number
  /** Undoes what the step did, when a later one fails or the workflow is cancelled. It is tried as often as the step, or three times. */
  compensate?: (output: T, context: StepContext) => unknown
}

/** Throws a {@link ConfigurationError} for what is no name of a step. */
export function checkStepName(name: string): void {
  if (/^[\p{Alphabetic}\p{Number}_.:-]{1,64}$/u.test(name)) return
  throw new ConfigurationError(
    `There is a step "${name}": a name is 1 to 64 of letters, digits, _ . : -`,
  )
}

/** Throws a {@link ConfigurationError} about what cannot be. */
export function checkStepOptions({
  retry,
  timeout,
}: Pick<StepOptions<unknown>, 'retry' | 'timeout'>): void {
  if (timeout !== undefined) positive('timeout', timeout)
  if (!retry) return
  whole('retry.attempts', retry.attempts)
  if (retry.backoff) notNegative('retry.backoff.delayMs', retry.backoff.delayMs)
}
