import { randomUUID } from 'node:crypto'
import type { StepStatus } from '@headway/core/protocol'
import type { ProgressReport } from '../app/progress.ts'
import { toErrorText, toMessageText } from '../bound-text.ts'
import { describeError, isInstance } from '../describe-error.ts'
import { Refused } from '../errors.ts'
import { toJson } from '../postgres-text.ts'

/** The part of a `pg.Pool` or `pg.Client` that is needed. */
export interface Queryable {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>
}

/** The workflow of a report. */
export interface RecordOptions {
  name: string
  /** In the order in which they are shown, all of them from the start. */
  steps?: readonly string[]
  /** The id of the user that may watch it. Without one, anyone who knows its id can. */
  owner?: string
  /**
   * A UUID. A repeated id continues the same workflow: pass it to each process that works on it.
   */
  id?: string
  args?: unknown
  /**
   * `run` hides the messages of errors other than `Refused`. Default `true`, as in {@link
   * App.maskErrors}.
   */
  maskErrors?: boolean
}

/**
 * The status after a report. On `cancel_requested`: stop, undo the finished steps, and report
 * `compensated`.
 */
export type ReportedStatus = string | null

/** Shows a workflow that something else executes. */
export interface WorkflowReport {
  readonly id: string
  /** A step begins, ends or is undone. One that was not declared is shown behind the others. */
  step(
    name: string,
    status: Exclude<StepStatus, 'pending' | 'skipped'>,
    error?: string,
  ): Promise<ReportedStatus>
  /**
   * Runs a function and reports it as a step. Rejects with its error, whose message is shown when
   * it is a `Refused`. Once a cancel was requested, the step is `cancelled` instead of `failed`.
   */
  run<T>(step: string, work: () => Promise<T> | T): Promise<T>
  /**
   * Reports that it waits for an event, and takes the event once it has come: `undefined` until
   * then. Call it again.
   */
  takeEvent(event: string): Promise<{ payload: unknown } | undefined>
  /** @param percent 0 to 100; `null` leaves it unchanged */
  progress(percent: number | null, message?: string): Promise<ReportedStatus>
  /** The percentage follows from `done` and `total`. */
  progress(report: ProgressReport): Promise<ReportedStatus>
  /** @param output must be JSON */
  complete(output?: unknown): Promise<ReportedStatus>
  fail(error: string): Promise<ReportedStatus>
  /** The finished steps are undone. Without an error the reason of the cancellation is shown. */
  compensated(error?: string): Promise<ReportedStatus>
}

/**
 * Shows the steps of a workflow that another system executes, such as Temporal or Inngest. The
 * database must have the tables of a gateway or worker.
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

  /** Why it is to stop; `null` unless it is. */
  const cancelReason = async (): Promise<string | null> => {
    const { rows } = await database.query(readCancelReason, [id])
    return (rows[0] as { reason: string } | undefined)?.reason ?? null
  }

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
        const reason = await cancelReason()
        if (reason !== null) await toStep(name, 'cancelled', reason)
        else await toStep(name, 'failed', isShown ? describeError(error) : 'The step failed')
        throw error
      }
    },
    async takeEvent(event) {
      const text = 'wait_for($1, $2)::text'
      const payload = await call(text, [id, event])
      return typeof payload === 'string' ? { payload: JSON.parse(payload) } : undefined
    },
    progress(first: number | null | ProgressReport, message?: string) {
      if (typeof first === 'number' || first === null) {
        return report('progress($1, $2, $3)', first, message && toMessageText(message))
      }
      const { done, total = null, unit = null, message: text } = first
      const shown = text && toMessageText(text)
      return report('progress($1, $2, $3, $4, $5)', done, total, unit, shown ?? null)
    },
    complete: (output) => report('complete($1, $2)', toJson(output)),
    fail: (error) => report('fail($1, $2)', toErrorText(error)),
    compensated: (error) => report('compensated($1, $2)', error && toErrorText(error)),
  }
}

/** $1 id */
const readCancelReason = `
  select coalesce(reason, 'cancelled') as reason from headway.run
   where id = $1 and headway.status_of(id) = 'cancel_requested'`
