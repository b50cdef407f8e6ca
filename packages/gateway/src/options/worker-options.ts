import { atMost, longestTimerMs, whole } from '../check.ts'
import { type App, type ResolvedApp, resolveApp } from './app-options.ts'

/** How a worker works. */
export interface WorkerOptions extends App {
  /**
   * How many jobs at the same time. Default 10, which suits jobs that wait; give 1 for jobs that
   * compute.
   */
  concurrency?: number
  /** How many workflows at the same time, those that wait for something included. Default 1,000. */
  maxWorkflows?: number
  /** How long after its last sign of life a worker is taken for dead, and its workflows by others, in milliseconds. Default 30,000. */
  leaseMs?: number
}

/** The options of a worker with every default. */
export type ResolvedWorkerOptions = ResolvedApp & Required<Omit<WorkerOptions, keyof App>>

/** Every default of a worker, once. Throws a {@link ConfigurationError} about what cannot be. */
export function resolveWorkerOptions(options: WorkerOptions): ResolvedWorkerOptions {
  return {
    ...resolveApp(options),
    concurrency: whole('concurrency', options.concurrency ?? 10),
    maxWorkflows: whole('maxWorkflows', options.maxWorkflows ?? 1_000),
    leaseMs: atMost('leaseMs', options.leaseMs ?? 30_000, longestTimerMs),
  }
}
