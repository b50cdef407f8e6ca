import { type Logger, pino } from 'pino'
import type { Authorize } from './access/authorize.ts'
import type { JwtOptions } from './access/jwt.ts'
import type { Authenticate } from './access/principal.ts'
import type { Jobs } from './app/api.ts'
import { positive, whole } from './check.ts'
import type { Engine } from './engines/engine.ts'
import { ConfigurationError } from './errors.ts'

/** What the gateway and its workers share. */
export interface App<TJobs extends Jobs = Jobs> {
  /** A PostgreSQL connection string. Headway keeps to the schema `headway` of that database. */
  database: string
  /** What executes the jobs: `bullmq()`. */
  engine: Engine
  /** The jobs, by the name that clients start them under. */
  jobs: TJobs
  /** Where it is said what went wrong. Default: pino to standard output, from `warn` on. */
  logger?: Logger
}

/** How the gateway serves. */
export interface GatewayOptions<TJobs extends Jobs = Jobs> extends App<TJobs> {
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
  /** How many streams may come from one address. Default 32; without `auth`, where all come from this machine, `maxSessions`. */
  maxSessionsPerIp?: number
}

/** The options with every default. */
export type ResolvedGatewayOptions = Required<Omit<GatewayOptions, 'auth' | 'authorize'>> &
  Pick<GatewayOptions, 'auth' | 'authorize'>

/** How a worker works. */
export interface WorkerOptions extends App {
  /** How many jobs at the same time. Default 1. */
  concurrency?: number
}

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
    requestTimeoutSecs: positive('requestTimeoutSecs', options.requestTimeoutSecs ?? 30),
    maxBodyBytes: whole('maxBodyBytes', options.maxBodyBytes ?? 1_048_576),
  }
}

/** Every default of a worker, once. Throws a {@link ConfigurationError} about what cannot be. */
export function resolveWorkerOptions(options: WorkerOptions): Required<WorkerOptions> {
  return {
    ...resolveApp(options),
    concurrency: whole('concurrency', options.concurrency ?? 1),
  }
}

function resolveApp(app: App): Required<App> {
  const { database, engine, jobs, logger = pino({ name: 'headway', level: 'warn' }) } = app
  if (!/^postgres(ql)?:\/\//.test(database ?? '')) {
    throw new ConfigurationError(
      `database is ${JSON.stringify(database)}: give a connection string, postgresql://user@host/name`,
    )
  }
  if (typeof engine?.connect !== 'function') {
    throw new ConfigurationError('engine is missing: give what runs the jobs, such as bullmq()')
  }
  if (typeof jobs !== 'object' || jobs === null) {
    throw new ConfigurationError(`jobs is ${jobs}: give the jobs by name, { greet: job({ run }) }`)
  }
  for (const [name, definition] of Object.entries(jobs)) {
    if (!isFunctionName(name)) {
      throw new ConfigurationError(
        `jobs has "${name}": a name is 1 to 256 of letters, digits, _ . : -`,
      )
    }
    if (typeof definition?.run !== 'function') {
      throw new ConfigurationError(`jobs has "${name}" that is no job: define it with job({ run })`)
    }
  }
  return { database, engine, jobs, logger }
}

/** Whether a name can be called. @see PROTOCOL.md, "Envelopes", `VALIDATION_ERROR` */
export function isFunctionName(name: string): boolean {
  return /^[\p{Alphabetic}\p{Number}_.:-]{1,256}$/u.test(name)
}
