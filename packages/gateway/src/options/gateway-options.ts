import type { AuthOptions } from '../access/auth-options.ts'
import type { Authorize } from '../access/authorize.ts'
import type { Jobs, Mutations, Queries, Workflows } from '../app/api.ts'
import { positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'
import { isWanted, type ObservedQueues } from '../observe/observed-queues.ts'
import {
  type KeptDays,
  type Retention,
  type RetentionOptions,
  resolveRetention,
} from '../runs/retention-options.ts'
import { resolveUploadOptions, type UploadOptions } from '../uploads/upload-options.ts'
import { type App, type ResolvedApp, resolveApp } from './app-options.ts'

/** The options of a gateway. */
export interface GatewayOptions<
  TJobs extends Jobs = Jobs,
  TWorkflows extends Workflows = Workflows,
  TQueries extends Queries = Queries,
  TMutations extends Mutations = Mutations,
> extends App<TJobs, TWorkflows, TQueries, TMutations> {
  /** The maximum silence of a stream, in seconds: then it gets a byte. Default 15. */
  pingSecs?: number
  /** The maximum number of streams. Default 10,000. */
  maxSessions?: number
  /** The maximum number of registrations of a stream. Default 1,000. */
  maxRegistrations?: number
  /** The maximum size of a request's body, in bytes. Default 1 MiB. */
  maxBodyBytes?: number
  /**
   * The maximum time of a request, its body included, in seconds. Streams are not limited. Default
   * 30.
   */
  requestTimeoutSecs?: number
  /** The maximum time of a query, in seconds. Default 5. */
  queryTimeoutSecs?: number
  /**
   * A raw `NOTIFY forge_job_updates` changes a job that is reported in SQL. Any database role that
   * may connect can send one. `false`: only the functions of the schema `headway` change jobs.
   * Default `true`.
   */
  notifications?: boolean
  /**
   * Queues whose jobs are run by workers of other programs: `bullmqQueues()`. Their jobs are runs
   * of this gateway, too.
   */
  observe?: ObservedQueues | readonly ObservedQueues[]
  /**
   * How long ended runs are kept, in days: then they are removed, with their steps, events and
   * logs, and their idempotency keys can start another run. `false` keeps them for ever. Default
   * 30.
   *
   * @example
   * ```ts
   * retention: { days: 30, failed: 90, jobs: { export_users: { succeeded: 7 }, audit: false } }
   * ```
   */
  retention?: KeptDays | RetentionOptions
  /** Limits on files that are sent to mutations. */
  uploads?: UploadOptions
  /**
   * Authentication: tokens that are checked, or a function of your own. Without it every client is
   * anonymous, and the gateway answers on this machine only.
   */
  auth?: AuthOptions
  /**
   * Gives others than the owner and admins the right to watch, cancel and retry a run. Default: no
   * one else.
   */
  authorize?: Authorize
  /** The origins whose pages may send requests. Default: the gateway's own only. */
  cors?: { origins: readonly string[] }
  /**
   * The number of your proxies in a row before this gateway: their `X-Forwarded-For` is believed.
   * Default 0.
   */
  trustProxy?: number
  /** The maximum number of streams of one user. Default 8. */
  maxSessionsPerUser?: number
  /**
   * The maximum number of anonymous streams from one address; an IPv6 network of 64 bits counts as
   * one. Default 32; without `auth`, where all come from this machine, `maxSessions`.
   */
  maxSessionsPerIp?: number
}

/** The options with every default. */
export type ResolvedGatewayOptions = ResolvedApp &
  Required<
    Omit<GatewayOptions, 'auth' | 'authorize' | 'uploads' | 'observe' | 'retention' | keyof App>
  > &
  Pick<GatewayOptions, 'auth' | 'authorize'> & {
    uploads: Required<UploadOptions>
    retention: Retention
    observe: readonly ObservedQueues[]
  }

/** The options with every default. Throws a {@link ConfigurationError} about a wrong option. */
export function resolveGatewayOptions(options: GatewayOptions): ResolvedGatewayOptions {
  const { auth, authorize, trustProxy = 0, maxSessions = 10_000 } = options
  if (!Number.isInteger(trustProxy) || trustProxy < 0) {
    throw new ConfigurationError(`trustProxy is ${trustProxy}: give the number of your proxies`)
  }
  const observe = [options.observe ?? []].flat()
  for (const [name, { queue }] of Object.entries(options.jobs ?? {})) {
    if (!queue || observe.some((one) => one.prefix === queue.prefix && isWanted(one, queue.name)))
      continue
    throw new ConfigurationError(
      `jobs has "${name}", whose queue ${queue.name} is not observed: add it to observe`,
    )
  }
  const perIp = options.maxSessionsPerIp ?? (auth ? 32 : maxSessions)
  return {
    ...resolveApp(options),
    ...(auth && { auth }),
    ...(authorize && { authorize }),
    cors: options.cors ?? { origins: [] },
    trustProxy,
    maxSessionsPerUser: whole('maxSessionsPerUser', options.maxSessionsPerUser ?? 8),
    maxSessionsPerIp: whole('maxSessionsPerIp', perIp),
    pingSecs: positive('pingSecs', options.pingSecs ?? 15),
    maxSessions: whole('maxSessions', maxSessions),
    maxRegistrations: whole('maxRegistrations', options.maxRegistrations ?? 1_000),
    queryTimeoutSecs: positive('queryTimeoutSecs', options.queryTimeoutSecs ?? 5),
    requestTimeoutSecs: positive('requestTimeoutSecs', options.requestTimeoutSecs ?? 30),
    observe,
    retention: resolveRetention(options.retention),
    notifications: options.notifications ?? true,
    uploads: resolveUploadOptions(options.uploads),
    maxBodyBytes: whole('maxBodyBytes', options.maxBodyBytes ?? 1_048_576),
  }
}

/** The maximum time of any request, in seconds: one with files takes longest. */
export function longestRequestSecs({
  uploads,
  requestTimeoutSecs,
}: Pick<ResolvedGatewayOptions, 'uploads' | 'requestTimeoutSecs'>): number {
  return uploads.timeoutSecs + requestTimeoutSecs
}
