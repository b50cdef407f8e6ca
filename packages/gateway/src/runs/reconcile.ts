import type { Logger } from 'pino'
import type { EngineConnection, TaskState } from '../engines/engine.ts'
import { inBackground } from '../handled.ts'
import type { HandOverStore, Mine, Unended } from './hand-over-store.ts'
import type { Recorder } from './recorder.ts'

/** The parts that compare rows with the queue. */
export interface Reconciliation {
  store: HandOverStore
  recorder: Pick<Recorder, 'abandon'>
  engine: Pick<EngineConnection, 'statesOf'>
  mine: Mine
  logger: Logger
}

/**
 * The interval of the check, and the time for which a run must not have changed, in milliseconds.
 */
export interface Pace {
  everyMs: number
  afterMs: number
}

/** The decision about a run that has not ended, by its state in the queue. Pure. */
function decide(state: TaskState): 'leave' | 'abandon' | 'handOver' {
  switch (state) {
    // It will be delivered: if its worker has died, when the lock has run out.
    case 'waiting':
    case 'active':
      return 'leave'
    // No attempt will come any more.
    case 'ended':
      return 'abandon'
    // As after any crash it runs once more, and may do a part of its work twice.
    case 'unknown':
      return 'handOver'
  }
}

/** The error of a run that only its queue has ended. */
const abandonedError =
  'The queue has ended this job, but its result was never recorded: its work may be done'

/**
 * Compares some of the runs that have not ended with their queue, and repairs differences. Resolves
 * with the last id, to continue from; `null` when there are no more.
 */
export async function reconcile(
  { store, recorder, engine, mine, logger }: Reconciliation,
  afterMs: number,
  afterId: string | null,
): Promise<string | null> {
  const runs = await store.readUnended(afterMs, afterId, mine)
  if (runs.length === 0) return null
  const states = await engine.statesOf(runs.map(({ id }) => id))
  const mend = async ({ id, runId, status, revision }: Unended, index: number): Promise<void> => {
    const state = states[index] ?? 'waiting'
    const decision = decide(state)
    if (decision === 'leave') return
    logger.warn({ runId, status, state }, 'a run and its queue disagreed; the run was corrected')
    if (decision === 'abandon') await recorder.abandon(runId, id, abandonedError, revision)
    else await store.forget(runId, revision)
  }
  await Promise.all(runs.map(mend))
  return runs.at(-1)?.runId ?? null
}

/**
 * Reconciles again and again, all runs in turn. A round is one query, and one more for each run it
 * finds.
 */
export function startReconciling(
  reconciliation: Reconciliation,
  { everyMs, afterMs }: Pace = { everyMs: 30_000, afterMs: 60_000 },
): { close(): void } {
  let last: string | null = null
  let isReconciling = false
  let isClosed = false
  const next = async (): Promise<void> => {
    if (isReconciling) return
    isReconciling = true
    try {
      last = await reconcile(reconciliation, afterMs, last)
    } catch (error) {
      if (isClosed) return
      logger.warn({ err: error }, 'runs and their queue could not be compared')
    }
    isReconciling = false
  }
  const { logger } = reconciliation
  const timer = setInterval(() => {
    inBackground(next(), logger, 'runs and their queue could not be compared')
  }, everyMs).unref()
  return {
    close() {
      isClosed = true
      clearInterval(timer)
    },
  }
}
