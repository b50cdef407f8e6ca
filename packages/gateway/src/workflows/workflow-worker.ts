import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AnyWorkflow } from '../app/workflow.ts'
import type { EngineWorker } from '../engines/engine.ts'
import { LogLost, type WorkflowEngine } from '../engines/workflow-engine.ts'
import { CancelRequested } from '../errors.ts'
import type { Faults } from '../faults.ts'
import type { ListenSource } from '../postgres/listen.ts'
import type { Pools } from '../postgres/pools.ts'
import { untilWritten } from '../postgres/until-written.ts'
import { withTables } from '../postgres/with-tables.ts'
import type { Cancellations } from '../runs/cancellations.ts'
import type { Teardown } from '../teardown.ts'
import { Board } from './board.ts'
import { createBoardWriter } from './board-writer.ts'
import { joinExecutors } from './executor.ts'
import { listenForHints } from './hints.ts'
import { runClaimed, type Taken } from './run-claimed.ts'
import { type ClaimedWorkflow, createWorkflowRecorder } from './workflow-recorder.ts'

/** The parts that a worker of workflows needs. */
export interface WorkflowWork {
  source: ListenSource
  engine: WorkflowEngine
  workflows: Readonly<Record<string, AnyWorkflow>>
  /** The number of runs at the same time, waiting ones included. */
  maxWorkflows: number
  leaseMs: number
  /** The number of the worker. */
  holder: number
  maxOutputBytes: number
  /** The engine may create its tables. */
  migrate: boolean
  pools: Pools
  cancellations: Cancellations
  faults: Faults
  logger: Logger
}

/** The maximum number of runs that are taken in one statement. */
const maxTaken = 100

/** The number of workers in a row that may die during the same run. */
const maxLosses = 5

/** The wait before a run that could not continue here may be taken again, in milliseconds. */
const takeAgainMs = 1_000

/**
 * Takes workflows that no worker executes, and executes them. At its end it gives back the
 * remaining ones.
 */
export async function startWorkflowWorker(
  work: WorkflowWork,
  teardown: Teardown,
): Promise<EngineWorker> {
  const { source, engine, workflows, maxWorkflows, leaseMs, holder } = work
  const { pools, cancellations, faults, logger } = work
  const recorder = createWorkflowRecorder(pools.durable)
  const active = new Map<string, Taken & { done: Promise<void> }>()
  let isOpen = false
  let taking: Promise<void> | null = null
  let isAskedAgain = false
  let hasBeaten = false

  const abandon = (taken: Taken, why: string): void => {
    const reason = new LogLost(why)
    taken.released.abort(reason)
    taken.lost.abort(reason)
  }
  const writer = createBoardWriter(pools.durable, logger, ({ id, claim }) => {
    const taken = active.get(id)
    if (taken?.run.claim === claim) abandon(taken, 'Another worker has taken it')
  })
  const begin = (run: ClaimedWorkflow): void => {
    const before = active.get(run.id)
    if (before) abandon(before, 'This worker has taken it again')
    const controller = cancellations.expect(run.id)
    if (run.cancelled !== null) controller.abort(new CancelRequested(run.cancelled || 'cancelled'))
    const { steps = [] } = workflows[run.name] ?? {}
    const board = new Board(run, steps, writer.changed)
    const [released, lost] = [new AbortController(), new AbortController()]
    const taken = { run, board, cancelled: controller.signal, released, lost }
    const done = runClaimed(tools, taken)
      .catch((error: unknown) => giveBack(run, error))
      .finally(() => {
        cancellations.forget(run.id, controller)
        const wasFull = active.size >= maxWorkflows
        if (active.get(run.id)?.run === run) active.delete(run.id)
        if (wasFull) take()
      })
    active.set(run.id, { ...taken, done })
  }
  const giveBack = async ({ id, claim }: ClaimedWorkflow, error: unknown): Promise<void> => {
    // All that is left is given back together.
    if (!isOpen) return
    logger.warn({ err: error, runId: id }, 'a workflow cannot continue in this worker now')
    await wait(takeAgainMs)
    await untilWritten(logger, () => recorder.release(id, claim)).catch((error: unknown) =>
      logger.error({ err: error, runId: id }, 'a workflow could not be given back'),
    )
  }
  const take = (): void => {
    isAskedAgain = true
    if (taking) return
    taking = takeAll()
      .catch((error: unknown) => {
        if (isOpen) logger.warn({ err: error }, 'workflows could not be taken')
      })
      .finally(() => {
        taking = null
        // Asked in the moment between.
        if (mayTake()) take()
      })
  }
  const mayTake = (): boolean => isAskedAgain && isOpen && active.size < maxWorkflows
  const takeAll = async (): Promise<void> => {
    // Between two claims, every run that this worker has taken is known to it.
    if (hasBeaten) await recorder.releaseUnheard(executor.id, [...active.keys()])
    hasBeaten = false
    while (mayTake()) {
      isAskedAgain = false
      const most = Math.min(maxTaken, maxWorkflows - active.size)
      const runs = await recorder.claim(executor.id, engine.name, Object.keys(workflows), most)
      // Closed during the claim: these are given back with all others.
      if (!isOpen) return
      runs.forEach(begin)
      // A cancellation during the claim was not received.
      if (runs.length > 0) cancellations.recheck(runs.map(({ id }) => id))
      if (runs.length === most) isAskedAgain = true
    }
  }

  const executorId = randomUUID()
  const { database } = source
  const runtime = await withTables({ database, migrate: work.migrate, logger }, (mayMigrate) =>
    engine.start(database, executorId, logger, { migrate: mayMigrate }),
  )
  teardown.defer(() => runtime.close())
  const executor = await joinExecutors(
    pools.durable,
    logger,
    executorId,
    { leaseMs, maxLosses, holder },
    {
      lost() {
        for (const taken of active.values()) abandon(taken, 'This worker was considered dead')
      },
      executed: () => [...active.keys()],
      beaten() {
        hasBeaten = true
        take()
      },
    },
  )
  teardown.defer(() => executor.leave())
  const hints = await listenForHints(source, logger, () => take())
  teardown.defer(hints.close)
  const engineName = engine.name
  const { maxOutputBytes } = work
  const shared = { workflows, recorder, faults, maxOutputBytes, logger }
  const tools = { ...shared, engineName, runtime, writer, hints }
  isOpen = true
  take()

  return {
    async close({ force = false } = {}) {
      isOpen = false
      const left = [...active.values()]
      for (const { released } of left) released.abort(new Error('This worker is closing'))
      await taking
      if (force) return
      await Promise.allSettled(left.map(({ done }) => done))
      await writer.flushed()
    },
  }
}
