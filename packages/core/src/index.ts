export { type Client, createClient } from './client.ts'
export type { FailureCause } from './connection/backoff.ts'
export type {
  ClosedReason,
  ConnectionReason,
  ConnectionState,
} from './connection/connection-model.ts'
export {
  type Api,
  type Codec,
  type Definition,
  defineJob,
  defineMutation,
  defineQuery,
  defineWorkflow,
  type JobDefinition,
  type MutationDefinition,
  type NoArgs,
  type QueryDefinition,
  type Signature,
  type UntypedApi,
  type WorkflowDefinition,
  type WorkflowSignature,
} from './definitions.ts'
export {
  ClientClosed,
  HeadwayError,
  JobCancelled,
  type JobEnd,
  JobFailed,
  JobMissing,
  JobRefused,
  JobUnwatched,
  ProtocolError,
  RpcError,
  type RpcErrorFields,
  StartFailed,
} from './errors.ts'
export type { ClientOptions, PersistStorage, TokenSource } from './options.ts'
export type { JobStatus, WorkflowStatus, WorkflowStepState } from './protocol/snapshots.ts'
export type { CallOptions } from './rpc/call.ts'
export { idleJob, type JobState, type JobView } from './state/job-state.ts'
export type { JobPhase, WorkflowPhase } from './state/phase.ts'
export { idleQuery, type QueryView } from './state/query-state.ts'
export type { Sync } from './state/sync.ts'
export { idleWorkflow, type WorkflowState, type WorkflowView } from './state/workflow-state.ts'
export { createStore, type Store, type ValueStore } from './store/store.ts'
export type { JobHandle, RunHandle, RunOptions, WorkflowHandle } from './tracking/handle.ts'
export type { QueryHandle } from './tracking/watch.ts'
