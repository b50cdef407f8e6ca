import { setTimeout as wait } from 'node:timers/promises'
import type { Backoff } from '../app/job.ts'
import type { Retry, StepContext } from '../app/step.ts'
import type { Outcome } from './memory.ts'

/** What is tried, and how often. */
export interface Tries {
  /** @see StepContext.key */
  key: string
  run: (context: StepContext) => unknown
  retry: Retry
  /** How long each try may take, in milliseconds. */
  timeout?: number | undefined
  /** Asks a try to stop: nothing more is tried then, and its reason is thrown. */
  signal: AbortSignal
  /** Keeps from trying again, and leaves a try that is under way alone. */
  released: AbortSignal
  /** A try has failed, and another will come. */
  failed: (error: string) => void
}

const defaultBackoff: Backoff = { type: 'exponential', delayMs: 1_000 }

/** Tries until it succeeds or was tried often enough. What succeeded although it was to stop has succeeded. */
export async function tryStep(tries: Tries): Promise<Outcome> {
  const { retry, signal, released, failed } = tries
  const stop = AbortSignal.any([signal, released])
  for (let attempt = 1; ; attempt++) {
    try {
      return { ok: true, value: await tryOnce(tries, attempt) }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const message = error instanceof Error ? error.message : String(error)
      if (attempt >= retry.attempts) return { ok: false, error: message }
      failed(message)
      const delayMs = delayOf(retry.backoff ?? defaultBackoff, attempt)
      await wait(delayMs, undefined, { signal: stop }).catch(() => {
        throw stop.reason
      })
    }
  }
}

async function tryOnce({ key, run, timeout, signal }: Tries, attempt: number): Promise<unknown> {
  if (timeout === undefined) return run({ key, attempt, signal })
  const timedOut = new AbortController()
  const timer = setTimeout(() => {
    timedOut.abort(new Error(`It took longer than ${timeout} ms`))
  }, timeout)
  const overdue = new Promise<never>((_, reject) => {
    timedOut.signal.addEventListener('abort', () => reject(timedOut.signal.reason))
  })
  try {
    const either = AbortSignal.any([signal, timedOut.signal])
    // What does not listen to its signal is left behind.
    return await Promise.race([run({ key, attempt, signal: either }), overdue])
  } finally {
    clearTimeout(timer)
  }
}

function delayOf({ type, delayMs }: Backoff, attempt: number): number {
  return type === 'fixed' ? delayMs : Math.min(2 ** 31 - 1, delayMs * 2 ** (attempt - 1))
}
