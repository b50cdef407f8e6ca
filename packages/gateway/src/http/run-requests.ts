import { randomUUID } from 'node:crypto'
import { queueAway } from '../refusals/failures.ts'
import { alreadyCompleted, notInQueue, notRunByEngine } from '../refusals/runs.ts'
import type { Run } from '../runs/run-store.ts'
import type { HttpContext } from './context.ts'
import { withKnownOutcome } from './known-outcome.ts'
import { readRun } from './read-run.ts'

/**
 * Requests the cancellation of a run. Resolves with the state after it: a run that has ended is not
 * changed.
 */
export async function cancelRun(
  context: HttpContext,
  { kind, id, engine }: Run,
  reason: string | null,
): Promise<Run> {
  const { observed, recorder, workflowRecorder, options } = context
  if (kind === 'workflow') await withKnownOutcome(() => workflowRecorder.cancel(id, reason))
  else if (engine === 'observed') await withKnownOutcome(() => observed.cancel(id, reason))
  else {
    const cancelled = await withKnownOutcome(() => recorder.cancel(id, reason))
    if (cancelled?.status === 'cancelled') {
      // Best effort: a worker that takes it all the same finds the run ended.
      context.engine.remove(cancelled.engineId).catch((error: unknown) => {
        options.logger.warn({ err: error, runId: id }, 'a cancelled job stays in its queue')
      })
    }
  }
  return readRun(context, kind, id)
}

/**
 * Runs a failed or cancelled run again, under its id: a job waits for a worker, a workflow
 * continues where it failed. Resolves with the state after it: a run that waits or runs is not
 * changed.
 *
 * @param check called before a run that would be changed
 */
export async function retryRun(
  context: HttpContext,
  run: Run,
  check: () => Promise<void> = async () => undefined,
): Promise<Run> {
  const { kind, id, status } = run
  if (status === 'completed') throw alreadyCompleted(kind)
  if (!mayRunAgain[kind].has(status)) return run
  if (run.engine === 'observed') return retryObserved(context, id)
  await check()
  if (run.engine === 'group') {
    await withKnownOutcome(() => context.recorder.retryGroup(id))
    return readRun(context, kind, id)
  }
  const engine = engineOf(context, kind)
  const isRetried = kind === 'job' ? await retryJob(context, id) : await retryWorkflow(context, id)
  const after = await readRun(context, kind, id)
  // Unless another request, or this one, has retried it before.
  if (!isRetried && mayRunAgain[kind].has(after.status)) throw notRunByEngine(kind, engine)
  return after
}

const mayRunAgain: Record<Run['kind'], ReadonlySet<string>> = {
  job: new Set(['failed', 'dead_letter', 'cancelled']),
  workflow: new Set(['failed', 'compensated']),
}

const engineOf = ({ options }: HttpContext, kind: Run['kind']): string =>
  kind === 'job' ? options.engine.name : (options.workflowEngine?.name ?? 'none')

async function retryObserved(context: HttpContext, id: string): Promise<Run> {
  const isRetried = await context.observed.retry(id).catch((error: unknown) => {
    context.options.logger.warn({ err: error, runId: id }, 'a job could not be retried')
    throw queueAway()
  })
  if (!isRetried) throw notInQueue()
  return readRun(context, 'job', id)
}

async function retryJob({ options, recorder, handOver }: HttpContext, id: string) {
  const engineId = randomUUID()
  const { name, queue } = options.engine
  const place = { engine: name, queue }
  const retried = await withKnownOutcome(() => recorder.retry(id, engineId, place))
  if (retried) await handOver.task({ id: engineId, runId: id, ...retried })
  return retried !== null
}

const retryWorkflow = (context: HttpContext, id: string): Promise<boolean> =>
  withKnownOutcome(() => context.workflowRecorder.retry(id, engineOf(context, 'workflow')))
