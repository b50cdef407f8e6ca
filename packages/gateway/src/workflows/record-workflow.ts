import { randomUUID } from 'node:crypto'
import type { WorkflowStepState } from '@headway/core/protocol'
import { toErrorText, toMessageText } from '../bound-text.ts'
import { describeError, isInstance } from '../describe-error.ts'
import { Refused } from '../errors.ts'
import { toJson } from '../postgres-text.ts'

/** The part of a `pg.Pool` or `pg.Client` that is needed. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

/** Which workflow is reported on. */
export interface RecordOptions {
  name: string
  /** In the order in which they are shown, all of them from the start. */
  steps?: readonly string[]
  /** The id of whoever may follow it; left out: whoever knows its id. */
  owner?: string
  /** A UUID. The same again goes on with the same workflow: give each of the processes that work on it this one. */
  id?: string
  args?: unknown
  /**
   * Whether `run` hides the messages of errors other than `Refused`. Default `true`, as in
   * {@link App.maskErrors}.
   */
  maskErrors?: boolean
}

/** What a workflow is after a report; `cancel_requested`: stop, undo what was done, and say `compensated`. */
export type ReportedStatus = string | null

/** Shows a workflow that something else executes. */
export interface WorkflowReport {
  readonly id: string
  /** A step begins, ends or is undone. One that was not declared is shown behind the others. */
  step(
    name: string,
    status: Exclude<WorkflowStepState['status'], 'pending' | 'skipped'>,
    error?: string,
  ): Promise<ReportedStatus>
  /**
   * Runs a function and reports it as a step. Rejects with its error, whose message is shown when
   * it is a `Refused`.
   */
  run<T>(step: string, work: () => Promise<T> | T): Promise<T>
  /** Says what it waits for, and takes it when it has come: `undefined` until then. Ask again. */
  takeEvent(event: string): Promise<{ payload: unknown } | undefined>
  /** @param percent 0 to 100; `null` leaves it as it is */
  progress(percent: number | null, message?: string): Promise<ReportedStatus>
  /** @param output must be JSON */
  complete(output?: unknown): Promise<ReportedStatus>
  fail(error: string): Promise<ReportedStatus>
  /** What was done is undone; without a reason it is the one that was given with the request to cancel. */
  compensated(error?: string): Promise<ReportedStatus>
}

/**
 * Shows the steps of a workflow that Temporal, Inngest or anything else executes: it is not executed here, and
 * only shown. The database must be one that a gateway or worker has made its tables in.
 *
 * @example
 * ```ts
 * const report = await recordWorkflow(pool, { name: 'deploy', steps: ['build', 'release'] })
 * await report.run('build', build)
 * await report.run('release', release)
 * await report.complete({ url })
 * ```
 */
export async function recordWorkflow(
  database: Queryable,
  { name, steps = [], owner, id = randomUUID(), args, maskErrors = true }: RecordOptions,
): Promise<WorkflowReport> {
  const call = async (text: string, values: unknown[]): Promise<unknown> => {
    const { rows } = await database.query(`select headway.${text} as answer`, values)
    return (rows[0] as { answer: unknown } | undefined)?.answer ?? null
  }
  const report = (text: string, ...values: unknown[]): Promise<ReportedStatus> =>
    call(text, [id, ...values]) as Promise<ReportedStatus>
  const toStep = (
    name: string,
    status: string,
    error: string | null = null,
  ): Promise<ReportedStatus> =>
    report('step($1, $2, $3, $4)', name, status, error && toErrorText(error))

  await call('start_workflow($1, $2, $3, $4, $5)', [name, steps, owner ?? null, toJson(args), id])
  return {
    id,
    step: toStep,
    async run(name, work) {
      await toStep(name, 'running')
      try {
        const output = await work()
        await toStep(name, 'completed')
        return output
      } catch (error) {
        const isShown = !maskErrors || isInstance(error, Refused)
        await toStep(name, 'failed', isShown ? describeError(error) : 'The step failed')
        throw error
      }
    },
    async takeEvent(event) {
      const text = 'wait_for($1, $2)::text'
      const payload = await call(text, [id, event])
      return typeof payload === 'string' ? { payload: JSON.parse(payload) } : undefined
    },
    progress: (percent, message) =>
      report('progress($1, $2, $3)', percent, message && toMessageText(message)),
    complete: (output) => report('complete($1, $2)', toJson(output)),
    fail: (error) => report('fail($1, $2)', toErrorText(error)),
    compensated: (error) => report('compensated($1, $2)', error && toErrorText(error)),
  }
}
