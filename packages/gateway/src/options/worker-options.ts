import { atMost, longestTimerMs, whole } from '../check.ts'
import { type App, type ResolvedApp, resolveApp } from './app-options.ts'

/** The options of a worker. */
export interface WorkerOptions extends App {
  /**
   * The number of jobs that run at the same time. Default 10, which suits jobs that wait; set 1 for
   * jobs that compute.
   */
  concurrency?: number
  /** The number of workflows that run at the same time, waiting ones included. Default 1,000. */
  maxWorkflows?: number
  /**
   * A worker without a sign of life for this long is considered dead, and others take over its
   * workflows. In milliseconds. Default 30,000.
   */
  leaseMs?: number
}

/** The options of a worker with every default. */
export type ResolvedWorkerOptions = ResolvedApp & Required<Omit<WorkerOptions, keyof App>>

/** The options with every default. Throws a {@link ConfigurationError} about a wrong option. */
export function resolveWorkerOptions(options: WorkerOptions): ResolvedWorkerOptions {
  return {
    ...resolveApp(options),
    concurrency: whole('concurrency', options.concurrency ?? 10),
    maxWorkflows: whole('maxWorkflows', options.maxWorkflows ?? 1_000),
    leaseMs: atMost('leaseMs', options.leaseMs ?? 30_000, longestTimerMs),
  }
}
