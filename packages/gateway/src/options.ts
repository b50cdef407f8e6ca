import { type Logger, pino } from 'pino'
import type { Authorize } from './access/authorize.ts'
import type { JwtOptions } from './access/jwt-options.ts'
import type { Authenticate } from './access/principal.ts'
import type { Jobs, Mutations, Queries, Workflows } from './app/api.ts'
import { checkDefinitions, checkNames } from './app/check-definitions.ts'
import { atMost, checkConnectionString, longestTimerMs, positive, whole } from './check.ts'
import type { Engine } from './engines/engine.ts'
import { withoutJobs } from './engines/without-jobs.ts'
import type { WorkflowEngine } from './engines/workflow-engine.ts'
import { ConfigurationError } from './errors.ts'
import { warnOfParameters } from './postgres/connection-string.ts'
import { defaultMaxOutputBytes } from './runs/output.ts'
import { safeLogger } from './safe-logger.ts'
import { resolveUploadOptions, type UploadOptions } from './uploads/upload-options.ts'

/** What the gateway and its workers share. */
export interface App<
  TJobs extends Jobs = Jobs,
  TWorkflows extends Workflows = Workflows,
  TQueries extends Queries = Queries,
  TMutations extends Mutations = Mutations,
> {
  /** A PostgreSQL connection string. Headway keeps to the schema `headway` of that database. */
  database: string
  /**
   * A connection string of the same database that goes straight to PostgreSQL, when `database` is
   * that of a pooler in transaction mode, such as PgBouncer. Notifications and engines use it,
   * since they keep sessions. Default: `database`.
   */
  listenDatabase?: string
  /** What executes the jobs: `bullmq()`. Needed where there are any. */
  engine?: Engine
  /** The jobs, by the name that clients start them under. */
  jobs?: TJobs
  /** What makes the workflows durable: `dbos()`. Needed where there are any. */
  workflowEngine?: WorkflowEngine
  /** The workflows, by the name that clients start them under: none that a job has. */
  workflows?: TWorkflows
  /** The queries, by the name that clients ask them under. The gateway runs them. */
  queries?: TQueries
  /** The mutations, by the name that clients call them under. The gateway runs them. */
  mutations?: TMutations
  /**
   * How large the result of a job, workflow, query or mutation may be, in bytes of JSON: every
   * watcher is sent it. Default 1 MiB. Store larger results, and return where they are; a query or
   * mutation may return a `Blob`.
   */
  maxOutputBytes?: number
  /**
   * Whether this process makes the tables of Headway and its engines where they are missing, and
   * brings them to its version. `false` for a role that may not: run `npx headway-gateway migrate`
   * before. Default `true`; when the tables are up to date, nothing is changed and no right to
   * change them is needed.
   */
  migrate?: boolean
  /** Where it is said what went wrong. Default: pino to standard output, from `warn` on. */
  logger?: Logger
  /**
   * Whether users see only messages that are meant for them: that of a `Refused`, and the gateway's
   * own. Any other error may contain a secret, such as a password in the address of a database: it
   * goes to the log, whole, and users see "The job failed". Default `true`; `false` shows them
   * every message, for development and internal tools. Give it to the gateway and to its workers.
   */
  maskErrors?: boolean
}

/** What belongs to either way of checking tokens. */
interface TokenInUrl {
  /**
   * Whether a stream may say who asks in its URL, `/_api/events?token=…`, as Forge's released client does. Proxies
   * and servers on the way log URLs, tokens and all: for the time in which such pages are still open. Default
   * `false`: such a stream is refused, with `TOKEN_IN_URL`.
   */
  tokenInUrl?: boolean
}

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
  auth?: ({ jwt: JwtOptions } | { authenticate: Authenticate }) & TokenInUrl
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

/** An app with every default. Without workflows there need not be an engine for them. */
type ResolvedApp = Required<Omit<App, 'workflowEngine'>> & Pick<App, 'workflowEngine'>

/** The options with every default. */
export type ResolvedGatewayOptions = ResolvedApp &
  Required<Omit<GatewayOptions, 'auth' | 'authorize' | 'uploads' | keyof App>> &
  Pick<GatewayOptions, 'auth' | 'authorize'> & { uploads: Required<UploadOptions> }

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

/** Every default of a worker, once. Throws a {@link ConfigurationError} about what cannot be. */
export function resolveWorkerOptions(options: WorkerOptions): ResolvedWorkerOptions {
  return {
    ...resolveApp(options),
    concurrency: whole('concurrency', options.concurrency ?? 10),
    maxWorkflows: whole('maxWorkflows', options.maxWorkflows ?? 1_000),
    leaseMs: atMost('leaseMs', options.leaseMs ?? 30_000, longestTimerMs),
  }
}

function resolveApp(app: App): ResolvedApp {
  const {
    database,
    listenDatabase = database,
    engine,
    jobs = {},
    workflowEngine,
    workflows = {},
    queries = {},
    mutations = {},
    maskErrors = true,
    migrate = true,
  } = app
  checkConnectionString('database', database)
  checkConnectionString('listenDatabase', listenDatabase)
  checkDefinitions('jobs', 'job({ run })', jobs)
  checkDefinitions('workflows', 'workflow({ steps, run })', workflows)
  checkDefinitions('queries', 'query({ run })', queries)
  checkDefinitions('mutations', 'mutation({ run })', mutations)
  if (Object.keys(jobs).length > 0 && typeof engine?.connect !== 'function') {
    throw new ConfigurationError('engine is missing: give what runs the jobs, such as bullmq()')
  }
  if (Object.keys(workflows).length > 0 && typeof workflowEngine?.start !== 'function') {
    throw new ConfigurationError(
      'workflowEngine is missing: give what makes the workflows durable, such as dbos()',
    )
  }
  checkNames({ job: jobs, workflow: workflows, query: queries, mutation: mutations })
  const logger = safeLogger(app.logger ?? pino({ name: 'headway', level: 'warn' }))
  warnOfParameters('database', database, logger)
  if (app.listenDatabase) warnOfParameters('listenDatabase', app.listenDatabase, logger)
  const resolved = {
    database,
    listenDatabase,
    engine: engine ?? withoutJobs,
    jobs,
    workflows,
    queries,
    mutations,
    maxOutputBytes: whole('maxOutputBytes', app.maxOutputBytes ?? defaultMaxOutputBytes),
    migrate,
    logger,
    maskErrors,
  }
  return workflowEngine ? { ...resolved, workflowEngine } : resolved
}
