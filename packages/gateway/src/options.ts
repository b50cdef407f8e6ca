import { type Logger, pino } from 'pino'
import type { Authorize } from './access/authorize.ts'
import type { JwtOptions } from './access/jwt.ts'
import type { Authenticate } from './access/principal.ts'
import type { Jobs, Mutations, Queries, Workflows } from './app/api.ts'
import { checkDefinitions, checkNames } from './app/check-definitions.ts'
import { positive, whole } from './check.ts'
import type { Engine } from './engines/engine.ts'
import { withoutJobs } from './engines/without-jobs.ts'
import type { WorkflowEngine } from './engines/workflow-engine.ts'
import { ConfigurationError } from './errors.ts'
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
   * Whether this process makes the tables of Headway and its engines where they are missing, and brings them to its
   * version. `false` for a role that may not: run `npx headway-gateway migrate` before. Default `true`; nothing is
   * changed, and no right to is needed, where the tables are as they should be.
   */
  migrate?: boolean
  /** Where it is said what went wrong. Default: pino to standard output, from `warn` on. */
  logger?: Logger
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
  /** How much may come in files, to mutations that take them. */
  uploads?: UploadOptions
  /**
   * Who may ask: tokens that are checked, or a function of your own. Without it everybody is anonymous,
   * and the gateway answers on this machine only.
   */
  auth?: { jwt: JwtOptions } | { authenticate: Authenticate }
  /** Who, beside its owner and admins, may follow, cancel and retry a run. Default: nobody. */
  authorize?: Authorize
  /** Which origins' pages may ask. Default: none but the gateway's own. */
  cors?: { origins: readonly string[] }
  /** How many proxies in a row, before this gateway, are yours: their `X-Forwarded-For` is believed. Default 0. */
  trustProxy?: number
  /** How many streams one user may have. Default 8. */
  maxSessionsPerUser?: number
  /**
   * How many streams without a user may come from one address; an IPv6 network of 64 bits counts as one. Default 32;
   * without `auth`, where all come from this machine, `maxSessions`.
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
  /** How many jobs at the same time. Default 1. */
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
    concurrency: whole('concurrency', options.concurrency ?? 1),
    maxWorkflows: whole('maxWorkflows', options.maxWorkflows ?? 1_000),
    leaseMs: whole('leaseMs', options.leaseMs ?? 30_000),
  }
}

function resolveApp(app: App): ResolvedApp {
  const {
    database,
    engine,
    jobs = {},
    workflowEngine,
    workflows = {},
    queries = {},
    mutations = {},
    migrate = true,
  } = app
  if (!/^postgres(ql)?:\/\//.test(database ?? '')) {
    throw new ConfigurationError(
      `database is ${JSON.stringify(database)}: give a connection string, postgresql://user@host/name`,
    )
  }
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
  const logger = app.logger ?? pino({ name: 'headway', level: 'warn' })
  const resolved = {
    database,
    engine: engine ?? withoutJobs,
    jobs,
    workflows,
    queries,
    mutations,
    migrate,
    logger,
  }
  return workflowEngine ? { ...resolved, workflowEngine } : resolved
}
