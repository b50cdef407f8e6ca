export { setClient } from '@headway/core/adapter'
export { call } from './call.ts'
export { provideClient, useClient } from './client-context.ts'
export {
  type ConnectionStatus,
  type ConnectionStatusStore,
  createConnectionStore,
} from './connection-store.ts'
export type { MaybeGetter } from './getter.ts'
export {
  createQueryStore,
  createSubscriptionStore,
  type QueryStore,
  type SubscriptionStore,
} from './query-stores.ts'
export {
  createJobStore,
  createWorkflowStore,
  type JobStore,
  type WorkflowStore,
} from './run-stores.ts'
export { type Readable, toReadable } from './to-readable.ts'
export { useConnection } from './use-connection.ts'
export { type UsedJob, type UseJobOptions, useJob } from './use-job.ts'
export { type UsedMany, type UseManyOptions, useMany } from './use-many.ts'
export { type UsedMutation, useMutation } from './use-mutation.ts'
export { type UsedQuery, type UseQueryOptions, useQuery } from './use-query.ts'
export type { UseRunOptions } from './use-run.ts'
export { type SelectRunsOptions, type UsedRuns, type UseRunsOptions, useRuns } from './use-runs.ts'
export { type UsedWorkflow, type UseWorkflowOptions, useWorkflow } from './use-workflow.ts'
