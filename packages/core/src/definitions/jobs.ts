import { jobKind } from '../kinds/job-kind.ts'
import { callWithJson } from '../rpc/call.ts'
import type { Api, Group } from './api.ts'
import { checkName, type JobDefinition } from './definition.ts'
import { namesOf } from './names-of.ts'

/**
 * Defines a job by its name at the server and its types.
 *
 * @example
 * ```ts
 * const exportUsers = defineJob<{ format: 'csv' | 'json' }, { downloadUrl: string }>('export_users')
 * ```
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineJob<TArgs, TOutput>(name: string): JobDefinition<TArgs, TOutput> {
  return { kind: 'job', name: checkName('job', name), run: jobKind, call: callWithJson }
}

/** The jobs of an `Api`, by name. */
export type JobsOf<TApi extends Api> = JobDefinitions<Group<TApi, 'jobs'>>

type JobDefinitions<T> = {
  readonly [TName in keyof T]: T[TName] extends { args: infer TArgs; output: infer TOutput }
    ? JobDefinition<TArgs, TOutput>
    : never
}

/**
 * The definitions of all jobs of an `Api`.
 *
 * @example
 * ```ts
 * import type { Api } from '../server/gateway.ts'
 * export const jobs = jobsOf<Api>()
 * const job = client.start(jobs.export_users, { format: 'csv' })
 * ```
 *
 * @__NO_SIDE_EFFECTS__
 */
export function jobsOf<TApi extends Api>(): JobsOf<TApi> {
  return namesOf(defineJob)
}
