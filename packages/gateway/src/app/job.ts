import type { StandardSchemaV1 } from '@standard-schema/spec'
import { type CallRules, type ResolvedCallRules, resolveCallRules } from '../access/call-rules.ts'
import { atMost } from '../check.ts'
import { ConfigurationError } from '../errors.ts'

/** What a running job can say and hear. */
export interface JobContext {
  /** The run's id, a UUID: the same in every attempt. */
  readonly id: string
  /** 1 for the first attempt. */
  readonly attempt: number
  /** Aborts when somebody asked to cancel the job; its reason is a `CancelRequested`. */
  readonly signal: AbortSignal
  /**
   * Reports how far the job is. It neither waits nor fails; of reports in quick succession the
   * newest is written, and the last one always is.
   *
   * @param percent 0 to 100; rounded, and kept within these bounds
   */
  progress(percent: number, message?: string): void
}

/** How long to wait before another attempt: the same each time, or twice as long each time. */
export interface Backoff {
  type: 'fixed' | 'exponential'
  delayMs: number
}

/** A job as it runs: from what clients send to what they get, and in between what `run` takes and returns. */
export interface ServerJob<TArgs, TReturned, TInput = TArgs, TOutput = TReturned>
  extends ResolvedCallRules {
  /** Checks and converts the arguments of a start. */
  readonly input?: StandardSchemaV1<TInput, TArgs>
  /** Checks and converts what `run` returned. */
  readonly output?: StandardSchemaV1<TReturned, TOutput>
  /** How often the job may be tried, from 1. */
  readonly attempts: number
  /** How long to wait before another attempt. */
  readonly backoff: Backoff
  /** 1 first, then 2, up to 2,097,151; 0: before all of them, in the order of their starts. */
  readonly priority: number
  /** How long a started job waits before it may be taken, in milliseconds. */
  readonly delayMs: number
  run(context: JobContext, args: TArgs): Promise<TReturned> | TReturned
}

/** A job whose types do not matter: what gateways and workers hold. */
// biome-ignore lint/suspicious/noExplicitAny: a job of any arguments, as its own schemas check them
export type AnyJob = ServerJob<any, any, any, any>

/** What `job()` takes. */
export interface JobOptions<TArgs, TReturned, TInput = TArgs, TOutput = TReturned>
  extends CallRules {
  /** Any Standard Schema (Zod, Valibot, ArkType…). Without one the arguments come unchecked. */
  input?: StandardSchemaV1<TInput, TArgs>
  /** Any Standard Schema for what `run` returns; what does not fit fails the attempt. Without one it goes out unchecked. */
  output?: StandardSchemaV1<TReturned, TOutput>
  /** How often the job may be tried. Default 1: a failure is final. */
  attempts?: number
  /** How long to wait before another attempt. Default: one second, doubled each time. */
  backoff?: Backoff
  /**
   * Jobs of 1 are taken before those of 2, and so on up to 2,097,151; those of 0, in the order of
   * their starts, before all. Default 0.
   */
  priority?: number
  /**
   * How long a started job waits before it may be taken, in milliseconds: ten years at most.
   * Default 0.
   */
  delayMs?: number
  /** Does the work. What it returns must be JSON; what it throws fails the attempt. */
  run: (context: JobContext, args: TArgs) => Promise<TReturned> | TReturned
}

/**
 * BullMQ's own limits: its queue refuses starts beyond them. The last is ten years in milliseconds.
 */
const [maxAttempts, maxPriority, maxDelayMs] = [2 ** 31 - 1, 2 ** 21 - 1, 315_360_000_000]

/**
 * Defines a job. Throws a {@link ConfigurationError} about what cannot be.
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
  // Where it stands, such as among a gateway's jobs, says nothing of what it takes and gives.
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
