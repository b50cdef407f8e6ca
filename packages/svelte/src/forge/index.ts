/*
 * The names of Forge's client, on top of this package's stores. Generated files export them from
 * `$lib/forge`.
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
export {
  type ConnectionStatus as ConnectionState,
  type ConnectionStatusStore,
  createConnectionStore,
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  createWorkflowStore,
  type JobStore,
  type QueryStore,
  type Readable,
  type SubscriptionStore,
  useClient as getForgeClient,
  type WorkflowStore,
} from '@headway/svelte'
export { type Auth, type AuthUser, createAuth } from './auth.ts'
export type { ForgeError } from './errors.ts'
export { createForgeClient, type ForgeClient, type ForgeClientOptions } from './forge-client.ts'
export { default as ForgeProvider } from './forge-provider.svelte'
export type { ForgeProviderProps } from './provided.ts'
export { type ReactiveMutation, toReactiveMutation } from './reactive-mutation.ts'
export { type ReactiveQuery, type SubscriptionResult, toReactive } from './reactive-query.ts'
export type { TokenPair } from './token-pair.ts'

/** A place in a list, as opaque text: send it back to the server. */
export type Cursor = string
