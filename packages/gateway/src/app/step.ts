import { notNegative, positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'
import type { Backoff } from './job.ts'

/** The argument of a step's function. */
export interface StepContext {
  /**
   * The same in each try of this step of this run, and unique to it: use it as an idempotency key.
   */
  readonly key: string
  /** 1 for the first try of the step. */
  readonly attempt: number
  /**
   * Aborts when the workflow is cancelled (the reason is a `CancelRequested`), when the try takes
   * too long, or when another process takes over the workflow.
   */
  readonly signal: AbortSignal
}

/** The tries of a step. */
export interface Retry {
  /** The maximum number of tries, from 1. The first try counts. */
  attempts: number
  /** The wait before another try. Default: one second, doubled each time. */
  backoff?: Backoff
}

/** The options of a step. */
export interface StepOptions<T> {
  /** Default: one try. */
  retry?: Retry
  /** The maximum time of each try, in milliseconds. Default: unlimited. */
  timeout?: number
  /**
   * Undoes the step when a later one fails, or the workflow is cancelled. It has as many tries as
   * the step, or three.
   */
  compensate?: (output: T, context: StepContext) => unknown
}

/** Throws a {@link ConfigurationError} about an invalid name. */
export function checkStepName(name: string): void {
  if (/^[\p{Alphabetic}\p{Number}_.:-]{1,64}$/u.test(name)) return
  throw new ConfigurationError(
    `The step "${name}" has an invalid name: give 1 to 64 letters, digits, _ . : -`,
  )
}

/** Throws a {@link ConfigurationError} about a wrong option. */
export function checkStepOptions({
  retry,
  timeout,
}: Pick<StepOptions<unknown>, 'retry' | 'timeout'>): void {
  if (timeout !== undefined) positive('timeout', timeout)
  if (!retry) return
  whole('retry.attempts', retry.attempts)
  if (retry.backoff) notNegative('retry.backoff.delayMs', retry.backoff.delayMs)
}
