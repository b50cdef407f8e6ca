import type { Logger } from 'pino'
import { type ListenSource, startListening } from '../postgres/listen.ts'

/** The notifications of a worker of workflows. */
export interface Hints {
  /**
   * Calls `check` now, and after each hint about the run, until it returns something. `null` at
   * `untilMs` (epoch) or when `signal` has aborted.
   */
  until<T>(
    runId: string,
    check: () => Promise<T | null>,
    untilMs: number | null,
    signal: AbortSignal,
  ): Promise<T | null>
  close(): void
}

/** The longest time that a timer can wait, in milliseconds. */
const maxTimerMs = 2 ** 31 - 1

/**
 * Listens for events, and for runs to take. Resolves once it listens.
 *
 * @param onWork there may be runs to take
 */
export async function listenForHints(
  source: ListenSource,
  logger: Logger,
  onWork: () => void,
): Promise<Hints> {
  const waiting = new Map<string, Set<() => void>>()
  const wake = (runId: string): void => {
    for (const resolve of waiting.get(runId) ?? []) resolve()
  }
  const subscription = await startListening(
    source,
    ['headway_work', 'headway_event'],
    {
      notification(channel, payload) {
        if (channel === 'headway_work') onWork()
        else wake(payload)
      },
      listening() {
        // Notifications that were missed are also in the rows.
        for (const runId of [...waiting.keys()]) wake(runId)
        onWork()
      },
      lost: (error) =>
        logger.warn({ err: error }, 'the listener for workflows was lost; listening again'),
    },
    // Work is also found with each sign of life.
    { isQuiet: () => waiting.size === 0 },
  )
  /** The next hint about a run, from now on; also at a time, or when `signal` aborts. */
  const next = (runId: string, untilMs: number | null, signal: AbortSignal) => {
    const resolvers = waiting.get(runId) ?? new Set()
    waiting.set(runId, resolvers)
    let done = (): void => undefined
    const hint = new Promise<void>((resolve) => {
      const leftMs = untilMs === null ? maxTimerMs : Math.max(0, untilMs - Date.now())
      const timer = setTimeout(() => done(), Math.min(leftMs, maxTimerMs))
      done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolvers.delete(done)
        if (resolvers.size === 0 && waiting.get(runId) === resolvers) waiting.delete(runId)
        resolve()
      }
    })
    resolvers.add(done)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
    return { hint, done }
  }
  return {
    async until(runId, check, untilMs, signal) {
      for (;;) {
        // Heard from now on, so that nothing falls between asking and waiting.
        const { hint, done } = next(runId, untilMs, signal)
        try {
          const found = await check()
          const isOver = signal.aborted || (untilMs !== null && Date.now() >= untilMs)
          if (found !== null || isOver) return found
          await hint
        } finally {
          done()
        }
      }
    },
    close: () => subscription.unsubscribe(),
  }
}
