export type { Action, Authorize } from './access/authorize.ts'
export type { CallRules, RateLimit } from './access/call-rules.ts'
export type { JwtOptions } from './access/jwt-options.ts'
export type { Authenticate, AuthRequest, ClaimedIdentity, Principal } from './access/principal.ts'
export type { ApiOf, Jobs, Json, Mutations, Queries, Workflows } from './app/api.ts'
export { type Branch, type ChildBranch, type StepBranch, step } from './app/branch.ts'
export { child } from './app/child.ts'
export {
  type AnyJob,
  type Backoff,
  type ForeignQueue,
  type JobContext,
  type JobOptions,
  job,
  type ServerJob,
} from './app/job.ts'
export type { LabelOptions } from './app/label-options.ts'
export {
  type AnyMutation,
  type MutationContext,
  type MutationOptions,
  mutation,
  type ServerMutation,
  type Startable,
} from './app/mutation.ts'
export {
  type AnyQuery,
  type QueryContext,
  type QueryOptions,
  query,
  type ServerQuery,
  type Sql,
} from './app/query.ts'
export { type QueueJobOptions, queueJob } from './app/queue-job.ts'
export type { ArgumentsOf, StartArguments, StartOptions } from './app/start-arguments.ts'
export type { Retry, StepContext, StepOptions } from './app/step.ts'
export {
  type AnyWorkflow,
  type EventSchemas,
  type Events,
  type ServerWorkflow,
  type WorkflowContext,
  type WorkflowOptions,
  workflow,
} from './app/workflow.ts'
export type {
  Engine,
  EngineConnection,
  EngineStart,
  EngineWorker,
  NewTask,
  TakenTask,
  Task,
  Verdict,
  WorkHandlers,
} from './engines/engine.ts'
export type {
  LogDatabase,
  StepLog,
  WorkflowEngine,
  WorkflowRuntime,
} from './engines/workflow-engine.ts'
export {
  CallRefused,
  CancelRequested,
  ConfigurationError,
  EventTimedOut,
  Refused,
  StepFailed,
  TablesOutdated,
  Unauthorized,
} from './errors.ts'
export { createGateway, type Gateway } from './gateway.ts'
export { type MigrateOptions, migrateDatabase } from './migrate-database.ts'
export { oncePerProcess } from './once-per-process.ts'
export type { App } from './options/app-options.ts'
export type { GatewayOptions } from './options/gateway-options.ts'
export type { WorkerOptions } from './options/worker-options.ts'
export type { KeptByEnd, KeptDays, RetentionOptions } from './runs/retention-options.ts'
export type { RunSnapshot } from './runs/snapshot.ts'
export type { ListOptions, ListPage } from './server-list.ts'
export type { FetchHandler, FetchInfo } from './servers/fetch.ts'
export type { NodeHandler } from './servers/node.ts'
export { type Stoppable, stopOnSignals } from './stop-on-signals.ts'
export type { FileRules, UploadOptions } from './uploads/upload-options.ts'
export { isUploadedFile, UploadedFile } from './uploads/uploaded-file.ts'
export { createWorker, type Worker } from './worker.ts'
export {
  type Queryable,
  type RecordOptions,
  type ReportedStatus,
  recordWorkflow,
  type WorkflowReport,
} from './workflows/record-workflow.ts'
