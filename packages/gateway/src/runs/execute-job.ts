import type { JobStatus } from '@headway/core/protocol'
import type { Logger } from 'pino'
import type { AnyJob, JobContext } from '../app/job.ts'
import { toError } from '../describe-error.ts'
import type { TakenTask, Verdict } from '../engines/engine.ts'
import { CancelRequested } from '../errors.ts'
import type { Faults } from '../faults.ts'
import { handled } from '../handled.ts'
import { isDataFault } from '../postgres/failures.ts'
import { untilWritten } from '../postgres/until-written.ts'
import type { Cancellations } from './cancellations.ts'
import { toOutput } from './output.ts'
import type { Progress } from './progress-writer.ts'
import type { AttemptEnd, Claim, Recorder } from './recorder.ts'
import { toReport } from './report.ts'
import type { UnknownNames } from './unknown-names.ts'

/** The parts that an attempt needs. */
export interface JobExecution {
  jobs: Readonly<Record<string, AnyJob>>
  maxOutputBytes?: number
  recorder: Recorder
  cancellations: Cancellations
  /** The number of this worker. */
  holder: number
  /** The wait of a job that this worker does not know, in milliseconds. */
  postpone: UnknownNames
  faults: Faults
  /** Starts children of an attempt. @param call the number of the call, from 0 */
  startBelow(
    job: { id: string; attempt: number },
    call: number,
    ...children: Parameters<JobContext['startChildren']>
  ): Promise<void>
  logger: Logger
}

const done: Verdict = { type: 'done' }

/** The wait of a run that another worker has, before it is delivered again, in milliseconds. */
const heldDelayMs = 2_000
const held: Verdict = { type: 'postponed', delayMs: heldDelayMs }
const givenUp: Verdict = {
  type: 'failed',
  error: new Error('Too many workers died while they ran the job'),
  isFinal: true,
}

/**
 * Runs one attempt of a task and records everything a user sees of it. Knows no engine; never
 * rejects. A task whose run has ended is not run again: engines deliver at least once.
 */
export async function executeJob(execution: JobExecution, task: TakenTask): Promise<Verdict> {
  const { cancellations, logger, recorder, holder } = execution
  const definition = Object.hasOwn(execution.jobs, task.name)
    ? execution.jobs[task.name]
    : undefined
  if (!definition) return leave(execution, task)
  // The queue has taken this worker for dead.
  if (cancellations.expects(task.runId)) return held
  // Expected before it is claimed, so that no request falls in between.
  const controller = cancellations.expect(task.runId)
  try {
    const claim = await untilWritten(logger, () => recorder.claim(task.runId, task.id, holder))
    if (!claim) return done
    if (claim.status === 'held') return held
    if (claim.status === 'given_up') return givenUp
    let end = await attempt(execution, definition, task, claim, controller.signal)
    // Taken once, since the write may have to be repeated.
    const last = recorder.takeReport(task.runId)
    const finish = (last?: Progress): Promise<JobStatus | null> =>
      untilWritten(logger, () => recorder.finish(task.runId, claim.attempt, end, last))
    const status = await finish(last).catch((error: unknown) => {
      if (!isDataFault(error)) throw error
      logger.error({ err: error, runId: task.runId }, 'the end of a job could not be stored')
      // The queue and the row must agree.
      end = withoutData(end, task, claim.failures)
      return finish()
    })
    return toVerdict(end, status)
  } catch (error) {
    logger.error({ err: error, runId: task.runId }, 'an attempt could not be recorded')
    return { type: 'failed', error: toError(error), isFinal: false }
  } finally {
    cancellations.forget(task.runId, controller)
  }
}

/** Puts a job that is unknown here back, for a worker that knows it. */
async function leave(
  { recorder, postpone, logger }: JobExecution,
  { id, runId, name }: TakenTask,
): Promise<Verdict> {
  const isWaiting = await recorder.isWaiting(runId, id).catch((error: unknown) => {
    logger.warn({ err: error, runId }, 'the state of a job could not be read')
    return true
  })
  return isWaiting ? { type: 'postponed', delayMs: postpone(name) } : done
}

async function attempt(
  { recorder, faults, maxOutputBytes, startBelow, logger }: JobExecution,
  definition: AnyJob,
  task: TakenTask,
  { attempt: number, failures, owner }: Claim,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  const isBegun = await untilWritten(logger, () => recorder.begin(task.runId, number))
  if (!isBegun) return { status: 'cancelled' }
  let percent = 0
  let calls = 0
  const context: JobContext = {
    id: task.runId,
    attempt: number,
    owner,
    signal,
    progress(first: unknown, message?: string) {
      const refuse = (why: string): void => logger.warn({ runId: task.runId, job: task.name }, why)
      const report = toReport(first, message, refuse)
      // Only the newest report may be written, so it carries the percentage of those before it.
      percent = report.percent ?? percent
      recorder.report(task.runId, { ...report, attempt: number, percent })
    },
    startChildren(what, argsList, options = {}) {
      calls += 1
      return handled(
        startBelow({ id: task.runId, attempt: number }, calls - 1, what, argsList, options),
      )
    },
  }
  try {
    const returned = await definition.run(context, task.args)
    const output = await toOutput(definition.output, returned, maxOutputBytes)
    return { status: 'completed', output }
  } catch (error) {
    if (signal.aborted && signal.reason instanceof CancelRequested) return { status: 'cancelled' }
    const status = failureStatus(task, failures)
    const shown = faults.report(error, {
      what: 'job',
      runId: task.runId,
      job: task.name,
      attempt: number,
      isTriedAgain: status === 'retry',
    })
    return { status, error: shown }
  }
}

/** An engine that delivers a task again while it runs has not counted that attempt: the row has. */
function failureStatus(
  { isLastAttempt, attempts }: TakenTask,
  failures: number,
): 'retry' | 'failed' | 'dead_letter' {
  if (!isLastAttempt && failures + 1 < attempts) return 'retry'
  return attempts === 1 ? 'failed' : 'dead_letter'
}

/**
 * The same end without the value that PostgreSQL cannot hold. The log has the reason; the end must
 * not be lost.
 */
function withoutData(end: AttemptEnd, task: TakenTask, failures: number): AttemptEnd {
  if (end.status === 'cancelled') return end
  if (end.status !== 'completed') return { ...end, error: 'The error could not be stored' }
  const error = 'The output could not be stored: return plain JSON'
  return { status: failureStatus(task, failures), error }
}

function toVerdict(end: AttemptEnd, status: string | null): Verdict {
  // A run with children goes on: its own work has ended as it was to end.
  const isAwaiting = status === 'running' || status === 'cancel_requested'
  if (status === null || status === 'completed') return done
  if (isAwaiting && end.status === 'completed') return done
  const error = new Error('error' in end ? end.error : 'cancelled')
  return { type: 'failed', error, isFinal: status !== 'retry' }
}
