/*
 * What pages of a Forge project import: names of Forge's client, over the stores of this package. Generated files
 * export them from `$lib/forge`.
 */
export {
  type JobState,
  type JobStatus,
  RpcError as ForgeClientError,
  type WorkflowState,
  type WorkflowStatus,
  type WorkflowStepState,
} from '@headway/core'
export type { QueryResult } from '@headway/core/adapter'
export { useClient as getForgeClient } from '../client-context.ts'
export {
  type ConnectionStatus as ConnectionState,
  type ConnectionStatusStore,
  createConnectionStore,
} from '../connection-store.ts'
export {
  createQueryStore,
  createSubscriptionStore,
  type QueryStore,
  type SubscriptionStore,
} from '../query-stores.ts'
export {
  createJobStore,
  createWorkflowStore,
  type JobStore,
  type WorkflowStore,
} from '../run-stores.ts'
export type { Readable } from '../to-readable.ts'
export { type Auth, type AuthUser, createAuth, type TokenPair } from './auth.ts'
export type { ForgeError } from './errors.ts'
export { createForgeClient, type ForgeClient, type ForgeClientOptions } from './forge-client.ts'
export { default as ForgeProvider } from './forge-provider.svelte'
export type { ForgeProviderProps } from './provided.ts'
export { type ReactiveMutation, toReactiveMutation } from './reactive-mutation.ts'
export { type ReactiveQuery, type SubscriptionResult, toReactive } from './reactive-query.ts'

/** A place in a list, as the server writes it: to be sent back, not read. */
export type Cursor = string
