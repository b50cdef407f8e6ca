import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Asker } from '../access/principal.ts'
import type { Jobs, Workflows } from '../app/api.ts'
import type { CallGuard } from '../app/call-guard.ts'
import type { AnyJob } from '../app/job.ts'
import type { AnyMutation, MutationContext } from '../app/mutation.ts'
import { placeOf } from '../app/queue-job.ts'
import { validate } from '../app/validate.ts'
import type { AnyWorkflow } from '../app/workflow.ts'
import type { Engine } from '../engines/engine.ts'
import type { WorkflowEngine } from '../engines/workflow-engine.ts'
import { handled } from '../handled.ts'
import { type Connection, inTransaction } from '../postgres/in-transaction.ts'
import { toSql } from '../queries/to-sql.ts'
import { type HandOver, toFirstTask, toTaskOptions } from '../runs/hand-over.ts'
import type { PendingTask } from '../runs/hand-over-store.ts'
import { toAnswer } from '../runs/output.ts'
import type { ProgressWriter } from '../runs/progress-writer.ts'
import { createRecorder } from '../runs/recorder.ts'
import { createWorkflowRecorder } from '../workflows/workflow-recorder.ts'

/**
 * Runs a mutation. Resolves with its result, as JSON text or a file. Rejects with the error that it
 * throws.
 */
export type Mutate = (
  definition: AnyMutation,
  asker: Asker,
  input: unknown,
) => Promise<string | Blob>

/** The parts that mutations need. */
export interface MutationTools {
  pool: pg.Pool
  progress: ProgressWriter
  handOver: HandOver
  /** A start in a mutation is checked for the mutation's caller. */
  guard: CallGuard
  options: {
    jobs: Jobs
    workflows: Workflows
    engine: Pick<Engine, 'name' | 'queue'>
    workflowEngine?: Pick<WorkflowEngine, 'name'>
    maxOutputBytes: number
  }
  /** The maximum wait for the database, in seconds. */
  timeoutSecs: number
}

/**
 * Runs each mutation in a transaction of its own. Runs that it starts exist once the transaction is
 * committed, and not before. Jobs are then handed to their engine; if that fails, a later check
 * hands them over.
 */
export function createMutate(tools: MutationTools): Mutate {
  const { pool, handOver, timeoutSecs, options } = tools
  return async (definition, asker, input) => {
    const { principal } = asker
    const started: PendingTask[] = []
    const answer = await inTransaction(pool, { isReadOnly: false, timeoutSecs }, async (client) => {
      const sql = toSql((statement) => client.query(statement))
      const start = createStart(tools, client, asker, started)
      return toAnswer(
        await definition.run({ sql, principal, input, start }),
        options.maxOutputBytes,
      )
    })
    handOver.tasks(started)
    return answer
  }
}

function createStart(
  { options, progress, guard }: MutationTools,
  client: Connection,
  asker: Asker,
  started: PendingTask[],
): MutationContext<unknown>['start'] {
  const { jobs, workflows, engine, workflowEngine } = options
  const nameIn = (definitions: object, what: unknown): string | undefined =>
    Object.entries(definitions).find(([, definition]) => definition === what)?.[0]
  const start = async (what: unknown, args: unknown): Promise<string> => {
    const [asJob, asWorkflow] = [nameIn(jobs, what), nameIn(workflows, what)]
    const name = asJob ?? asWorkflow
    if (name === undefined) {
      throw new TypeError(
        'start() takes a job or workflow of this gateway: add this one to its options',
      )
    }
    await guard.count(asker, guard.find(asker, name))
    const { input } = what as AnyJob | AnyWorkflow
    const validated = await validate(input, args)
    if (!('value' in validated))
      throw new TypeError(`The arguments of ${name} do not fit${validated.message}`)
    const id = randomUUID()
    const owner = asker.principal?.id ?? null
    const run = { id, name, owner, idempotencyKey: null, args: validated.value }
    if (asJob !== undefined) {
      const options = toTaskOptions(what as AnyJob)
      const newRun = { ...run, ...placeOf(what as AnyJob, id, engine), options }
      await createRecorder(client, progress).start(newRun)
      started.push(toFirstTask(newRun))
      return newRun.id
    } else {
      const { steps } = what as AnyWorkflow
      const engineName = workflowEngine?.name ?? 'none'
      await createWorkflowRecorder(client).start({
        ...run,
        engine: engineName,
        steps,
        parent: null,
      })
    }
    return id
  }
  return (what: unknown, args: unknown = null) => handled(start(what, args))
}
