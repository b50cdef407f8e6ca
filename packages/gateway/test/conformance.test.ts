import { describeServer } from '@headway/conformance/server'
import { createFaultProxy } from '@headway/test-kit/network/fault-proxy'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, createWorker, type JobContext, job } from '../src/index.ts'
import { sql } from '../src/sql.ts'
import { createDatabase, createDatabaseProxy, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** A job that is under way, and how it is told to end. */
interface Scripted {
  context: JobContext
  complete(output: unknown): void
  fail(error: Error): void
}

describeServer('the gateway, with BullMQ and PostgreSQL', async () => {
  const script = createScript()
  const database = await createDatabase()
  const app = {
    database,
    engine: bullmq(),
    logger: quiet,
    maskErrors: false,
    jobs: { scripted: job({ run: script.run }) },
  }
  const { url: listenDatabase, ...notifications } = await createDatabaseProxy(database)
  // The listener may take a quarter of it to answer: longer than a pause of the machine.
  const gateway = await createGateway({ ...app, listenDatabase, pingSecs: 4 })
  // Most of the jobs are left under way.
  const startWorker = () => createWorker({ ...app, concurrency: 200 })
  let worker = await startWorker()
  const { url } = await gateway.listen(0)
  const proxy = await createFaultProxy(url)
  /** Until the row says so: a state change is recorded a moment after the job has ended. */
  const recorded = async (jobId: string, status: string): Promise<void> => {
    const statement = 'select 1 from headway.run where id = $1 and status = $2'
    while ((await query(database, statement, [jobId, status])).length === 0);
  }
  const reported = async (jobId: string, message: string): Promise<void> => {
    const statement = 'select 1 from headway.run where id = $1 and message = $2'
    while ((await query(database, statement, [jobId, message])).length === 0);
  }
  return {
    url,
    proxy,
    async progress(jobId, percent, message) {
      const { context } = await script.of(jobId)
      context.progress(percent, message)
      await reported(jobId, message)
    },
    async count(jobId, report) {
      const { context } = await script.of(jobId)
      context.progress(report)
      await reported(jobId, report.message)
    },
    async complete(jobId, output) {
      const { complete } = await script.of(jobId)
      complete(output)
      await recorded(jobId, 'completed')
    },
    async fail(jobId, error) {
      const { fail } = await script.of(jobId)
      fail(new Error(error))
      await recorded(jobId, 'failed')
    },
    async remove(jobId) {
      await query(database, sql('runs/sql/remove-runs'), [[jobId]])
    },
    remembersEnds: true,
    async hold() {
      await worker.close()
      return async () => {
        worker = await startWorker()
      }
    },
    goStale: async () => notifications.proxy.refuse(),
    goFresh: async () => notifications.proxy.heal(),
    async stop() {
      script.stop()
      await worker.close()
      await gateway.close()
      await proxy.close()
      await notifications.proxy.close()
    },
  }
})

/** Jobs that do what a test says, each by its id. */
function createScript() {
  const running = new Map<string, Scripted>()
  const waiting = new Map<string, (scripted: Scripted) => void>()
  let isStopped = false
  return {
    run: (context: JobContext): Promise<unknown> =>
      new Promise((complete, fail) => {
        if (isStopped) return complete(null)
        const scripted = { context, complete, fail }
        running.set(context.id, scripted)
        waiting.get(context.id)?.(scripted)
        context.signal.addEventListener('abort', () => fail(context.signal.reason))
      }).finally(() => running.delete(context.id)),
    of: (jobId: string): Promise<Scripted> =>
      new Promise((resolve) => {
        const known = running.get(jobId)
        if (known) resolve(known)
        else waiting.set(jobId, resolve)
      }),
    /** Ends what no test has ended, and what a worker still takes. */
    stop(): void {
      isStopped = true
      for (const { complete } of running.values()) complete(null)
    },
  }
}
