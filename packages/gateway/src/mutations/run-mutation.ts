import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Asker } from '../access/principal.ts'
import type { Jobs, Workflows } from '../app/api.ts'
import type { CallGuard } from '../app/call-guard.ts'
import { findStartable } from '../app/find-startable.ts'
import type { LabelOptions } from '../app/label-options.ts'
import type { AnyMutation, MutationContext } from '../app/mutation.ts'
import { validate } from '../app/validate.ts'
import type { Engine } from '../engines/engine.ts'
import type { WorkflowEngine } from '../engines/workflow-engine.ts'
import { handled } from '../handled.ts'
import { type Connection, inTransaction } from '../postgres/in-transaction.ts'
import { toSql } from '../queries/to-sql.ts'
import type { HandOver } from '../runs/hand-over.ts'
import type { PendingTask } from '../runs/hand-over-store.ts'
import { toLabels } from '../runs/labels.ts'
import { toAnswer } from '../runs/output.ts'
import type { ProgressWriter } from '../runs/progress-writer.ts'
import { createRecorder } from '../runs/recorder.ts'
import { recordStart } from '../workflows/record-start.ts'
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
  const start = async (what: unknown, args: unknown, given: LabelOptions): Promise<string> => {
    const found = findStartable(options, what)
    if (!found) {
      throw new TypeError(
        'start() takes a job or workflow of this gateway: add this one to its options',
      )
    }
    const { name, definition } = found
    await guard.count(asker, guard.find(asker, name))
    const validated = await validate(definition.input, args)
    if (!('value' in validated))
      throw new TypeError(`The arguments of ${name} do not fit${validated.message}`)
    const labels = toLabels({ ...given })
    if (typeof labels === 'string') throw new TypeError(`start() of ${name}: ${labels}`)
    const { id, task } = await recordStart(
      {
        recorder: createRecorder(client, progress),
        workflowRecorder: createWorkflowRecorder(client),
        options,
      },
      found,
      {
        id: randomUUID(),
        name,
        owner: asker.principal?.id ?? null,
        idempotencyKey: null,
        args: validated.value,
        labels,
      },
    )
    if (task) started.push(task)
    return id
  }
  return (what: unknown, args: unknown = null, given: LabelOptions = {}) =>
    handled(start(what, args, given))
}
