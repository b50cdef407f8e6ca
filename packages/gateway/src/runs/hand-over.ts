import type { Logger } from 'pino'
import type { Jobs } from '../app/api.ts'
import { job } from '../app/job.ts'
import type { EngineConnection } from '../engines/engine.ts'
import type { LeftOver, Recorder } from './recorder.ts'

/** What hands jobs to their engine. */
export interface HandOver {
  /** Rejects with what the engine refuses. The same task twice is one. */
  task(task: LeftOver): Promise<void>
  close(): void
}

/** How long whoever has started a job gets to hand it over, and how often what is left over is looked for, in milliseconds. */
const [patienceMs, everyMs] = [2_000, 5_000]

/**
 * Hands jobs to their engine, and what others have left over: a start is noted before its engine hears of
 * it, so that a crash in between loses none.
 */
export function createHandOver(
  recorder: Recorder,
  engine: EngineConnection,
  engineName: string,
  jobs: Jobs,
  logger: Logger,
): HandOver {
  const handOver = async (left: LeftOver): Promise<void> => {
    // A job that is not defined any more is handed over all the same: its worker may still know it.
    const definition = jobs[left.name] ?? job({ run: () => null })
    const { attempts, backoff, priority, delayMs } = definition
    await engine.enqueue({ ...left, attempts, backoff, priority, delayMs })
    await recorder.noteHandOver(left.runId, left.id)
  }
  const handOverAll = async (): Promise<void> => {
    for (const left of await recorder.readLeftOver(engineName, patienceMs)) await handOver(left)
  }
  const timer = setInterval(() => {
    handOverAll().catch((error: unknown) => {
      logger.warn({ err: error }, 'jobs that were left over could not be handed to their engine')
    })
  }, everyMs).unref()
  return { task: handOver, close: () => clearInterval(timer) }
}
