import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import { atMost } from '../check.ts'
import { ConfigurationError } from '../errors.ts'
import type { StartChildren } from './many-options.ts'
import type { ProgressReport } from './progress.ts'

/** The argument of a running job's `run`: it reports progress and receives cancellation. */
export interface JobContext {
  /** The run's id, a UUID: the same in every attempt. */
  readonly id: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /**
   * The id of the user who started it, whose job it is; `null`: the caller was anonymous. Trust
   * this, and not an id in the arguments, which any client may send.
   */
  readonly owner: string | null
  /** Aborts when a user cancels the job; the reason is a `CancelRequested`. */
  readonly signal: AbortSignal
  /**
   * Reports how far the job is. It neither waits nor fails; of reports in quick succession the
   * newest is written, and the last one always is.
   *
   * @param percent 0 to 100, also with decimals; kept within these bounds
   */
  progress(percent: number, message?: string): void
  /** Reports how much is done. The percentage follows from `done` and `total`. */
  progress(report: ProgressReport): void
  /**
   * Starts runs below this one, and resolves once they are stored. It does not wait for their ends:
   * when `run` returns, the job stays `running` until all of its children have ended. It is then
   * `completed` if none failed. Another attempt starts no child twice. Rejects when arguments do
   * not fit, and when the job is to stop.
   */
  startChildren: StartChildren
}

/** The wait before another attempt: the same each time, or twice as long each time. */
export interface Backoff {
  type: 'fixed' | 'exponential'
  delayMs: number
}

/**
 * A job as `job()` defines it. `TInput` is sent by clients, `TArgs` is passed to `run`, `TReturned`
 * is returned by `run`, and `TOutput` is sent to clients.
 */
export interface ServerJob<TArgs, TReturned, TInput = TArgs, TOutput = TReturned>
  extends ResolvedCallRules {
  /** Checks and converts the arguments of a start. */
  readonly input?: StandardSchemaV1<TInput, TArgs>
  /** Checks and converts the value that `run` returned. */
  readonly output?: StandardSchemaV1<TReturned, TOutput>
  /** The maximum number of attempts, from 1. */
  readonly attempts: number
  /** The wait before another attempt. */
  readonly backoff: Backoff
  /** 1 first, then 2, up to 2,097,151; 0: before all of them, in the order of their starts. */
  readonly priority: number
  /** The time before a started job may be taken, in milliseconds. */
  readonly delayMs: number
  /** The queue of another program that it is added to, by `queueJob()`. */
  readonly queue?: ForeignQueue
  run(context: JobContext, args: TArgs): Promise<TReturned> | TReturned
}

/** A queue whose workers are another program, and how a job is added to it. */
export interface ForeignQueue {
  readonly prefix: string
  readonly name: string
  /** The name that it is added under; `null`: its own. */
  readonly jobName: string | null
  /** Options as BullMQ takes them. */
  readonly options: Readonly<Record<string, unknown>>
}

/** A job of any types, as gateways and workers hold it. */
// biome-ignore lint/suspicious/noExplicitAny: a job of any arguments, as its own schemas check them
export type AnyJob = ServerJob<any, any, any, any>

/** The options of `job()`. */
export interface JobOptions<TArgs, TReturned, TInput = TArgs, TOutput = TReturned>
  extends CallRules {
  /** Any Standard Schema (Zod, Valibot, ArkType…). Without one, `run` gets unchecked arguments. */
  input?: StandardSchemaV1<TInput, TArgs>
  /**
   * Any Standard Schema for the value that `run` returns; a value that does not fit fails the
   * attempt. Without a schema the value is sent unchecked.
   */
  output?: StandardSchemaV1<TReturned, TOutput>
  /** The maximum number of attempts. Default 1: a failure is final. */
  attempts?: number
  /** The wait before another attempt. Default: one second, doubled each time. */
  backoff?: Backoff
  /**
   * Jobs of 1 are taken before those of 2, and so on up to 2,097,151; those of 0, in the order of
   * their starts, before all. Default 0.
   */
  priority?: number
  /** The time before a started job may be taken, in milliseconds, up to ten years. Default 0. */
  delayMs?: number
  /** Does the work. The returned value must be JSON; a thrown error fails the attempt. */
  run: (context: JobContext, args: TArgs) => Promise<TReturned> | TReturned
}

/** BullMQ's own limits: its queue refuses starts beyond them. */
const [maxAttempts, maxPriority] = [2 ** 31 - 1, 2 ** 21 - 1]

/** The longest delay, ten years, in milliseconds. */
export const maxDelayMs = 315_360_000_000

/**
 * Defines a job. Throws a {@link ConfigurationError} about a wrong option.
 *
 * @example
 * ```ts
 * const greet = job({
 *   run: async (ctx, args: { name: string }) => {
 *     ctx.progress(50, 'half way')
 *     return { greeting: `Hello ${args.name}` }
 *   },
 * })
 * ```
 */
export function job<TArgs, TReturned, TInput = TArgs, TOutput = TReturned>(
  options: JobOptions<TArgs, TReturned, TInput, TOutput>,
  // `NoInfer`: the place that the job is passed to must not change its types.
): ServerJob<NoInfer<TArgs>, NoInfer<TReturned>, NoInfer<TInput>, NoInfer<TOutput>> {
  if (typeof options.run !== 'function') {
    throw new ConfigurationError(`run is ${options.run}: give the function that does the work`)
  }
  const { backoff = { type: 'exponential', delayMs: 1_000 } } = options
  if (!['fixed', 'exponential'].includes(backoff.type)) {
    throw new ConfigurationError(`backoff.type is "${backoff.type}": give fixed or exponential`)
  }
  return {
    ...options,
    attempts: atMost('attempts', options.attempts ?? 1, maxAttempts),
    backoff: { ...backoff, delayMs: atMost('backoff.delayMs', backoff.delayMs, maxDelayMs, 0) },
    priority: atMost('priority', options.priority ?? 0, maxPriority, 0),
    delayMs: atMost('delayMs', options.delayMs ?? 0, maxDelayMs, 0),
    ...resolveCallRules(options),
  }
}
