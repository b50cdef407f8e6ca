import type { Logger } from 'pino'
import type { AnyJob, JobContext } from '../app/job.ts'
import type { TakenTask, Verdict } from '../engines/engine.ts'
import { CancelRequested } from '../errors.ts'
import type { Cancellations } from './cancellations.ts'
import { toOutput, toPercent } from './output.ts'
import { toText } from './postgres-text.ts'
import type { AttemptEnd, Recorder } from './recorder.ts'
import { whileAway } from './while-away.ts'

/** What an attempt needs. */
export interface Execution {
  jobs: Readonly<Record<string, AnyJob>>
  maxOutputBytes?: number
  recorder: Recorder
  cancellations: Cancellations
  logger: Logger
}

const done: Verdict = { type: 'done' }

/**
 * Runs one attempt of a task and records everything a user sees of it. Knows no engine; never
 * rejects. A task whose run has ended is not run again: engines deliver at least once.
 */
export async function executeJob(execution: Execution, task: TakenTask): Promise<Verdict> {
  const { cancellations, logger, recorder } = execution
  // Expected before it is claimed, so that no request falls in between.
  const controller = cancellations.expect(task.runId)
  try {
    const claim = await whileAway(logger, () => recorder.claim(task.runId, task.id))
    if (!claim) return done
    const end = await attempt(execution, task, claim.attempt, controller.signal)
    // Taken once, since the write may have to be repeated.
    const last = recorder.takeReport(task.runId)
    const status = await whileAway(logger, () =>
      recorder.finish(task.runId, claim.attempt, end, last),
    )
    return toVerdict(end, status)
  } catch (error) {
    logger.error({ err: error, runId: task.runId }, 'an attempt could not be recorded')
    return { type: 'failed', error: toError(error), isFinal: false }
  } finally {
    cancellations.forget(task.runId, controller)
  }
}

async function attempt(
  { jobs, maxOutputBytes, recorder, logger }: Execution,
  task: TakenTask,
  number: number,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const isBegun = await whileAway(logger, () => recorder.begin(task.runId, number))
  if (!isBegun) return { status: 'cancelled' }
  const definition = Object.hasOwn(jobs, task.name) ? jobs[task.name] : undefined
  const context: JobContext = {
    id: task.runId,
    attempt: number,
    signal,
    progress(percent, message) {
      const text = message === undefined || message === null ? null : String(message)
      recorder.report(task.runId, number, toPercent(percent), text)
    },
  }
  try {
    if (!definition) throw new Error(`This worker knows no job ${task.name}: deploy it there, too`)
    const returned = await definition.run(context, task.args)
    const output = await toOutput(definition.output, returned, maxOutputBytes)
    return { status: 'completed', output }
  } catch (error) {
    if (signal.aborted && signal.reason instanceof CancelRequested) return { status: 'cancelled' }
    // Without NUL, so that neither our table nor the engine's refuses it.
    return { status: failureStatus(task), error: toText(toError(error).message) }
  }
}

function failureStatus({ isLastAttempt, attempts }: TakenTask): 'retry' | 'failed' | 'dead_letter' {
  if (!isLastAttempt) return 'retry'
  return attempts === 1 ? 'failed' : 'dead_letter'
}

function toVerdict(end: AttemptEnd, status: string | null): Verdict {
  if (status === null || status === 'completed') return done
  const error = new Error('error' in end ? end.error : 'cancelled')
  return { type: 'failed', error, isFinal: status !== 'retry' }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
