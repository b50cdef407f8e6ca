import { setTimeout as wait } from 'node:timers/promises'
import type { Backoff } from '../app/job.ts'
import type { Retry, StepContext } from '../app/step.ts'
import { describeError } from '../describe-error.ts'
import { StepTimedOut } from '../errors.ts'
import type { Outcome } from './memory.ts'

/** A piece of work and its tries. */
export interface Tries {
  /** @see StepContext.key */
  key: string
  run: (context: StepContext) => unknown
  retry: Retry
  /** The maximum time of each try, in milliseconds. */
  timeout?: number | undefined
  /** Asks a try to stop: nothing more is tried then, and its reason is thrown. */
  signal: AbortSignal
  /** Keeps from trying again, and leaves a try that is under way alone. */
  released: AbortSignal
  /** The message that users see of an error of a try. */
  report: (thrown: unknown, attempt: number, isTriedAgain: boolean) => string
  /** A try has failed, and another will come. */
  failed: (error: string) => void
}

const defaultBackoff: Backoff = { type: 'exponential', delayMs: 1_000 }

/**
 * Tries until a success, or up to the limit. A success after a request to stop counts as a success.
 */
export async function tryStep(tries: Tries): Promise<Outcome> {
  const { retry, signal, released, report, failed } = tries
  const stop = AbortSignal.any([signal, released])
  for (let attempt = 1; ; attempt++) {
    try {
      return { ok: true, value: await tryOnce(tries, attempt) }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const isLast = attempt >= retry.attempts
      const shown = report(error, attempt, !isLast)
      if (isLast) return toFailure(shown, describeError(error))
      failed(shown)
      const delayMs = delayOf(retry.backoff ?? defaultBackoff, attempt)
      await wait(delayMs, undefined, { signal: stop }).catch(() => {
        throw stop.reason
      })
    }
  }
}

function toFailure(error: string, cause: string): Outcome {
  return cause === error ? { ok: false, error } : { ok: false, error, cause }
}

async function tryOnce({ key, run, timeout, signal }: Tries, attempt: number): Promise<unknown> {
  if (timeout === undefined) return run({ key, attempt, signal })
  const timedOut = new AbortController()
  const timer = setTimeout(() => {
    timedOut.abort(new StepTimedOut(`The step took longer than ${timeout} ms`))
  }, timeout)
  const overdue = new Promise<never>((_, reject) => {
    timedOut.signal.addEventListener('abort', () => reject(timedOut.signal.reason))
  })
  try {
    const either = AbortSignal.any([signal, timedOut.signal])
    // A function that ignores its signal is left behind.
    return await Promise.race([run({ key, attempt, signal: either }), overdue])
  } catch (error) {
    // An interruption has a message of its own.
    throw timedOut.signal.aborted ? timedOut.signal.reason : error
  } finally {
    clearTimeout(timer)
  }
}

function delayOf({ type, delayMs }: Backoff, attempt: number): number {
  return type === 'fixed' ? delayMs : Math.min(2 ** 31 - 1, delayMs * 2 ** (attempt - 1))
}
