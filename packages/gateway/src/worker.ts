import { type ResolvedWorkerOptions, resolveWorkerOptions, type WorkerOptions } from './options.ts'
import { createPools } from './postgres/pools.ts'
import { withTables } from './postgres/with-tables.ts'
import { createCancellations } from './runs/cancellations.ts'
import { executeJob } from './runs/execute-job.ts'
import { createHandOver } from './runs/hand-over.ts'
import { migrate } from './runs/migrate.ts'
import { createProgressWriter } from './runs/progress-writer.ts'
import { createRecorder } from './runs/recorder.ts'
import { whileAway } from './runs/while-away.ts'
import { buildOrUndo, type Teardown } from './teardown.ts'
import { startWorkflowWorker } from './workflows/workflow-worker.ts'

/** Runs jobs and workflows, in this process. */
export interface Worker {
  /**
   * Takes nothing more, and waits for the jobs it runs and for the steps of workflows that are under way; the
   * workflows go on elsewhere. With `force` it does not wait: what was running is taken again, here or
   * elsewhere, jobs once their lock has run out.
   */
  close(options?: { force?: boolean }): Promise<void>
}

/** A worker over the same app as its gateway. Start as many as you like, in as many processes. */
export async function createWorker(workerOptions: WorkerOptions): Promise<Worker> {
  const options = resolveWorkerOptions(workerOptions)
  return buildOrUndo((teardown) => buildWorker(options, teardown))
}

async function buildWorker(options: ResolvedWorkerOptions, teardown: Teardown): Promise<Worker> {
  const { database, jobs, logger, concurrency, engine, workflowEngine } = options
  const pools = createPools(database, logger)
  teardown.defer(pools.close)
  const progress = createProgressWriter(pools.progress, logger)
  teardown.defer(progress.close)
  await migrate(pools.durable, options)
  const recorder = createRecorder(pools.durable, progress)
  const cancellations = await createCancellations(database, recorder, logger)
  teardown.defer(cancellations.close)
  const execution = { jobs, recorder, cancellations, logger }
  const connection = await withTables(options, (mayMigrate) =>
    engine.connect(database, logger, { migrate: mayMigrate }),
  )
  teardown.defer(() => connection.close())
  teardown.defer(createHandOver(recorder, connection, engine.name, jobs, logger).close)
  const working = await connection.work(
    { concurrency },
    {
      execute: (task) => executeJob(execution, task),
      abandoned: (runId, error) => whileAway(logger, () => recorder.abandon(runId, error.message)),
    },
  )
  const { workflows, maxWorkflows, leaseMs } = options
  const hasWorkflows = workflowEngine && Object.keys(workflows).length > 0
  const workflowing = hasWorkflows
    ? await startWorkflowWorker(
        {
          database,
          engine: workflowEngine,
          workflows,
          maxWorkflows,
          leaseMs,
          migrate: options.migrate,
          pools,
          cancellations,
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
