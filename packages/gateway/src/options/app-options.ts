import { type Logger, pino } from 'pino'
import type { Jobs, Mutations, Queries, Workflows } from '../app/api.ts'
import { checkDefinitions, checkNames } from '../app/check-definitions.ts'
import { checkConnectionString, whole } from '../check.ts'
import type { Engine } from '../engines/engine.ts'
import { withoutJobs } from '../engines/without-jobs.ts'
import type { WorkflowEngine } from '../engines/workflow-engine.ts'
import { ConfigurationError } from '../errors.ts'
import { warnOfParameters } from '../postgres/connection-string.ts'
import { defaultMaxOutputBytes } from '../runs/output.ts'
import { safeLogger } from '../safe-logger.ts'

/** The options that gateways and workers share. */
export interface App<
  TJobs extends Jobs = Jobs,
  TWorkflows extends Workflows = Workflows,
  TQueries extends Queries = Queries,
  TMutations extends Mutations = Mutations,
> {
  /** A PostgreSQL connection string. Headway keeps to the schema `headway` of that database. */
  database: string
  /**
   * A connection string that bypasses the pooler, when `database` goes through one in transaction
   * mode, such as PgBouncer. Notifications and engines need sessions, so they use this one.
   * Default: `database`.
   */
  listenDatabase?: string
  /** The engine that runs jobs: `bullmq()`. Required if there are jobs. */
  engine?: Engine
  /** The jobs, by the name that clients start them under. */
  jobs?: TJobs
  /** The engine that makes workflows durable: `dbos()`. Required if there are workflows. */
  workflowEngine?: WorkflowEngine
  /** The workflows, by the name that clients start them under: none that a job has. */
  workflows?: TWorkflows
  /** The queries, by the name that clients ask them under. The gateway runs them. */
  queries?: TQueries
  /** The mutations, by the name that clients call them under. The gateway runs them. */
  mutations?: TMutations
  /**
   * The maximum size of the result of a job, workflow, query or mutation, in bytes of JSON: each
   * watcher is sent the whole result. Default 1 MiB. Store larger results and return their address;
   * a query or mutation may return a `Blob`.
   */
  maxOutputBytes?: number
  /**
   * This process creates and updates the tables of Headway and its engines. `false` for a database
   * role without that right: run `npx headway-gateway migrate` first. Default `true`; if the tables
   * are up to date, nothing changes and no such right is needed.
   */
  migrate?: boolean
  /** The log of errors. Default: pino to standard output, from level `warn`. */
  logger?: Logger
  /**
   * Users see only messages that are meant for them: those of `Refused`, and the gateway's own. Any
   * other error may contain a secret, such as a password in the address of a database: the log gets
   * all of it, and users see "The job failed". Default `true`; `false` shows users every message,
   * for development and internal tools. Set the same in the gateway and in its workers.
   */
  maskErrors?: boolean
}

/** An app with every default. Without workflows there need not be an engine for them. */
export type ResolvedApp = Required<Omit<App, 'workflowEngine'>> & Pick<App, 'workflowEngine'>

/** Every default of an app. Throws a {@link ConfigurationError} about a wrong option. */
export function resolveApp(app: App): ResolvedApp {
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
  const hasOwnJobs = Object.values(jobs).some(({ queue }) => queue === undefined)
  if (hasOwnJobs && typeof engine?.connect !== 'function') {
    throw new ConfigurationError('engine is missing: give an engine for the jobs, such as bullmq()')
  }
  if (Object.keys(workflows).length > 0 && typeof workflowEngine?.start !== 'function') {
    throw new ConfigurationError(
      'workflowEngine is missing: give an engine for the workflows, such as dbos()',
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
