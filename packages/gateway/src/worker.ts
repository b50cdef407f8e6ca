import { describeError } from './describe-error.ts'
import { createFaults } from './faults.ts'
import { createGroupRecorder } from './groups/group-recorder.ts'
import { createStartBelow } from './groups/start-children.ts'
import {
  type ResolvedWorkerOptions,
  resolveWorkerOptions,
  type WorkerOptions,
} from './options/worker-options.ts'
import { createPools } from './postgres/pools.ts'
import { untilWritten } from './postgres/until-written.ts'
import { withTables } from './postgres/with-tables.ts'
import { createCancellations } from './runs/cancellations.ts'
import { executeJob } from './runs/execute-job.ts'
import { createHandOver } from './runs/hand-over.ts'
import { createHandOverStore } from './runs/hand-over-store.ts'
import { drawHolder, holdStatements } from './runs/holder.ts'
import { migrate } from './runs/migrate.ts'
import { createProgressWriter } from './runs/progress-writer.ts'
import { startReconciling } from './runs/reconcile.ts'
import { createRecorder } from './runs/recorder.ts'
import { createUnknownNames } from './runs/unknown-names.ts'
import { buildOrUndo, type Teardown } from './teardown.ts'
import { startWorkflowWorker } from './workflows/workflow-worker.ts'

/** Runs jobs and workflows, in this process. */
export interface Worker {
  /**
   * Takes nothing more and waits for its running jobs and steps; its workflows continue in other
   * workers. With `force` it does not wait: other workers take over what was running, jobs once
   * their lock has expired.
   */
  close(options?: { force?: boolean }): Promise<void>
}

/** The message that users see of a job that its queue has given up. */
const givenUp = 'The job was given up by its queue'

/** A worker over the same app as its gateway. Start as many as you like, in as many processes. */
export async function createWorker(workerOptions: WorkerOptions): Promise<Worker> {
  const options = resolveWorkerOptions(workerOptions)
  return buildOrUndo((teardown) => buildWorker(options, teardown))
}

async function buildWorker(options: ResolvedWorkerOptions, teardown: Teardown): Promise<Worker> {
  const { database, listenDatabase, jobs, logger, concurrency, engine, workflowEngine } = options
  const { maskErrors, maxOutputBytes } = options
  const pools = createPools(database, logger, listenDatabase !== database)
  teardown.defer(pools.close)
  const progress = createProgressWriter(pools.progress, logger)
  teardown.defer(progress.close)
  await migrate(pools.durable, options)
  const recorder = createRecorder(pools.durable, progress)
  const holder = drawHolder()
  const source = { database: listenDatabase, pool: pools.durable }
  const held = { ...source, session: () => holdStatements(holder) }
  const cancellations = await createCancellations(held, recorder, logger)
  teardown.defer(cancellations.close)
  const postpone = createUnknownNames(logger)
  const faults = createFaults(logger, maskErrors)
  const shared = { recorder, cancellations, faults, logger }
  const connection = await withTables({ ...options, database: listenDatabase }, (mayMigrate) =>
    engine.connect(listenDatabase, logger, { migrate: mayMigrate }),
  )
  teardown.defer(() => connection.close())
  const store = createHandOverStore(pools.durable, { engine: engine.name, queue: engine.queue })
  const handOver = createHandOver(store, connection, jobs, logger)
  teardown.defer(handOver.close)
  const groups = createGroupRecorder(pools.durable)
  const startBelow = createStartBelow({ app: options, groups, handOver })
  const execution = { ...shared, jobs, maxOutputBytes, holder, postpone, startBelow }
  const mine = { holder, running: cancellations.expected }
  const reconciliation = { store, recorder, engine: connection, mine, logger }
  teardown.defer(startReconciling(reconciliation).close)
  const working = await connection.work(
    { concurrency },
    {
      execute: (task) => executeJob(execution, task),
      abandoned: ({ id, runId }, error) => {
        logger.info({ err: error, runId }, 'the queue has given up a task')
        const shown = maskErrors ? givenUp : describeError(error)
        return untilWritten(logger, () => recorder.abandon(runId, id, shown))
      },
    },
  )
  const { workflows, maxWorkflows, leaseMs } = options
  const hasWorkflows = workflowEngine && Object.keys(workflows).length > 0
  const workflowing = hasWorkflows
    ? await startWorkflowWorker(
        {
          source,
          engine: workflowEngine,
          workflows,
          maxWorkflows,
          maxOutputBytes,
          leaseMs,
          holder,
          migrate: options.migrate,
          pools,
          cancellations,
          faults,
          logger,
        },
        teardown,
      )
    : null
  return {
    async close(options) {
      try {
        await Promise.all([working.close(options), workflowing?.close(options)])
      } finally {
        await teardown.run()
      }
    },
  }
}
