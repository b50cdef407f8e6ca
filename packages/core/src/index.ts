export { type Client, createClient } from './client.ts'
export type { FailureCause } from './connection/backoff.ts'
export type { ConnectionState } from './connection/connection-state.ts'
export { defineJob, type JobDefinition } from './definitions.ts'
export {
  HeadwayError,
  JobCancelled,
  type JobEnd,
  JobFailed,
  JobMissing,
  JobUnwatched,
  ProtocolError,
  RpcError,
  type RpcErrorFields,
  StartFailed,
} from './errors.ts'
export type { ClientOptions } from './options.ts'
export type { JobStatus } from './protocol/snapshots.ts'
export { idleJob, type JobState, type JobView } from './state/job-state.ts'
export type { JobPhase } from './state/phase.ts'
export type { Sync } from './state/sync.ts'
export { createStore, type Store, type ValueStore } from './store/store.ts'
export type { JobHandle } from './tracking/handle.ts'
