import type { Logger } from 'pino'
import type { ChildBranch } from '../app/branch.ts'
import type { AnyWorkflow } from '../app/workflow.ts'
import { describeError } from '../describe-error.ts'
import { LogLost, type StepLog, type WorkflowRuntime } from '../engines/workflow-engine.ts'
import type { Faults } from '../faults.ts'
import { untilWritten } from '../postgres/until-written.ts'
import { runIdOf } from '../runs/run-id.ts'
import type { Board } from './board.ts'
import type { BoardWriter } from './board-writer.ts'
import { executeWorkflow } from './execute-workflow.ts'
import type { Hints } from './hints.ts'
import { carryOver, createMemory, type Outcome } from './memory.ts'
import type { ClaimedWorkflow, WorkflowRecorder } from './workflow-recorder.ts'

/** The parts that taken runs need. */
export interface WorkflowTools {
  engineName: string
  runtime: WorkflowRuntime
  workflows: Readonly<Record<string, AnyWorkflow>>
  recorder: WorkflowRecorder
  writer: BoardWriter
  hints: Hints
  faults: Faults
  maxOutputBytes: number
  logger: Logger
}

/** One run that this process has taken. */
export interface Taken {
  run: ClaimedWorkflow
  board: Board
  cancelled: AbortSignal
  /** Also aborted here, when the log belongs to another worker. */
  released: AbortController
  lost: AbortController
}

/**
 * Executes a taken run from where it stopped, and records its end. Each claim has a log of its own,
 * into which earlier results are copied. The earlier log is sealed first, so that a worker which
 * still writes to it stops. Rejects when this worker must not continue.
 */
export async function runClaimed(tools: WorkflowTools, taken: Taken): Promise<void> {
  const { runtime, recorder, writer, workflows, faults, maxOutputBytes, logger } = tools
  const { run, board } = taken
  const { id, claim, previous } = run
  const definition = workflows[run.name]
  if (!definition) throw new LogLost(`This worker does not define the workflow ${run.name}`)
  const logId = `${id}:${claim}`
  if (previous !== null) {
    await runtime.seal(previous)
    await recorder.declareSteps(id, definition.steps)
  }
  await runtime.run(logId, async (unguarded) => {
    const log = guard(unguarded, taken)
    const before =
      previous === null
        ? undefined
        : await carryOver(log, () => runtime.read(previous), run.isRetried)
    if (before && !(await recorder.adopt(id, claim, logId))) {
      throw new LogLost(`Another worker has taken ${id}`)
    }
    const end = await executeWorkflow({
      run,
      definition,
      maxOutputBytes,
      memory: createMemory(log, before, (notKept, key) =>
        faults.report(notKept, { what: 'step', runId: id, workflow: run.name, key }),
      ),
      board,
      faults,
      logger,
      cancelled: taken.cancelled,
      released: taken.released.signal,
      lost: taken.lost.signal,
      ...waitsOf(tools, taken),
    })
    await writer.ended(board, end)
  })
}

/** The waits of a run. */
function waitsOf({ recorder, hints, logger, workflows, engineName }: WorkflowTools, taken: Taken) {
  const { run, cancelled, released } = taken
  const either = AbortSignal.any([cancelled, released.signal])
  const now = () => untilWritten(logger, () => recorder.now())
  /** Converts a time of the database's clock to this process's clock. */
  const toOwn = async (ms: number | null) => (ms === null ? null : ms - (await now()) + Date.now())
  return {
    now,
    async awaitEvent(name: string, wait: string, untilMs: number | null, signal: AbortSignal) {
      const take = () => untilWritten(logger, () => recorder.takeEvent(run.id, name, wait))
      return hints.until(run.id, take, await toOwn(untilMs), signal)
    },
    async awaitTime(untilMs: number, signal: AbortSignal): Promise<void> {
      await hints.until(run.id, async () => null, await toOwn(untilMs), signal)
    },
    async awaitChild({
      name,
      workflow,
      args,
    }: ChildBranch<string, unknown>): Promise<Outcome | null> {
      const known = Object.entries(workflows).find(([, definition]) => definition === workflow)
      if (!known) {
        return {
          ok: false,
          error: `The workflow of ${name} is not defined in this worker: add it to its workflows`,
        }
      }
      // Another attempt of the parent has another child: results of both stay.
      const id = runIdOf(run.id, name, String(run.attempt))
      const { owner } = run
      const { steps } = workflow
      const child = { id, name: known[0], engine: engineName, owner, args, steps, parent: run.id }
      await untilWritten(logger, () => recorder.start({ ...child, idempotencyKey: null }))
      const readEnd = () => untilWritten(logger, () => recorder.readEnd(id))
      let end = await hints.until(run.id, readEnd, null, either)
      if (!end && cancelled.aborted && !released.signal.aborted) {
        await untilWritten(logger, () => recorder.cancel(id, describeError(cancelled.reason)))
        end = await hints.until(run.id, readEnd, null, released.signal)
      }
      if (end?.status === 'completed') return { ok: true, value: end.output }
      if (!end || cancelled.aborted) return null
      return { ok: false, error: end.error ?? end.status }
    },
  }
}

/** A log that is abandoned once it has refused a write. */
function guard(log: StepLog, { released, lost }: Taken): StepLog {
  return {
    async record(key, work) {
      try {
        return await log.record(key, work)
      } catch (error) {
        if (error instanceof LogLost) {
          released.abort(error)
          lost.abort(error)
        }
        throw error
      }
    },
  }
}
