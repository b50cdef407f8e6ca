import type { AuthOptions } from '../access/auth-options.ts'
import type { Authorize } from '../access/authorize.ts'
import type { Jobs, Mutations, Queries, Workflows } from '../app/api.ts'
import { positive, whole } from '../check.ts'
import { ConfigurationError } from '../errors.ts'
import { resolveUploadOptions, type UploadOptions } from '../uploads/upload-options.ts'
import { type App, type ResolvedApp, resolveApp } from './app-options.ts'

/** How the gateway serves. */
export interface GatewayOptions<
  TJobs extends Jobs = Jobs,
  TWorkflows extends Workflows = Workflows,
  TQueries extends Queries = Queries,
  TMutations extends Mutations = Mutations,
> extends App<TJobs, TWorkflows, TQueries, TMutations> {
  /** How often each stream gets a byte at least, in seconds. Default 15. */
  pingSecs?: number
  /** How many streams there may be. Default 10,000. */
  maxSessions?: number
  /** How many registrations a stream may have. Default 1,000. */
  maxRegistrations?: number
  /** How large a request's body may be. Default 1 MiB. */
  maxBodyBytes?: number
  /** How long a request may take, its body included, in seconds. A stream takes as long as it lasts. Default 30. */
  requestTimeoutSecs?: number
  /** How long a query may take, in seconds. Default 5. */
  queryTimeoutSecs?: number
  /**
   * Whether a raw `NOTIFY forge_job_updates` changes a job that is reported in SQL. Any database
   * role that may connect can send one. `false`: only the functions of the schema `headway` do.
   * Default `true`.
   */
  notifications?: boolean
  /** How much may come in files, to mutations that take them. */
  uploads?: UploadOptions
  /**
   * Who may ask: tokens that are checked, or a function of your own. Without it everybody is anonymous,
   * and the gateway answers on this machine only.
   */
  auth?: AuthOptions
  /** Who, beside its owner and admins, may follow, cancel and retry a run. Default: nobody. */
  authorize?: Authorize
  /** Which origins' pages may ask. Default: none but the gateway's own. */
  cors?: { origins: readonly string[] }
  /** How many proxies in a row, before this gateway, are yours: their `X-Forwarded-For` is believed. Default 0. */
  trustProxy?: number
  /** How many streams one user may have. Default 8. */
  maxSessionsPerUser?: number
  /**
   * How many streams without a user may come from one address; an IPv6 network of 64 bits counts as
   * one. Default 32; without `auth`, where all come from this machine, `maxSessions`.
   */
  maxSessionsPerIp?: number
}

/** The options with every default. */
export type ResolvedGatewayOptions = ResolvedApp &
  Required<Omit<GatewayOptions, 'auth' | 'authorize' | 'uploads' | keyof App>> &
  Pick<GatewayOptions, 'auth' | 'authorize'> & { uploads: Required<UploadOptions> }

/** Every default of the gateway, once. Throws a {@link ConfigurationError} about what cannot be. */
export function resolveGatewayOptions(options: GatewayOptions): ResolvedGatewayOptions {
  const { auth, authorize, trustProxy = 0, maxSessions = 10_000 } = options
  if (!Number.isInteger(trustProxy) || trustProxy < 0) {
    throw new ConfigurationError(`trustProxy is ${trustProxy}: give how many proxies are yours`)
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
    notifications: options.notifications ?? true,
    uploads: resolveUploadOptions(options.uploads),
    maxBodyBytes: whole('maxBodyBytes', options.maxBodyBytes ?? 1_048_576),
  }
}

/** How long a request may take in all, in seconds: one with files has more to say. */
export function longestRequestSecs({
  uploads,
  requestTimeoutSecs,
}: Pick<ResolvedGatewayOptions, 'uploads' | 'requestTimeoutSecs'>): number {
  return uploads.timeoutSecs + requestTimeoutSecs
}
