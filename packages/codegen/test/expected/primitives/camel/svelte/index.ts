// Made by headway generate. Changes are lost the next time it runs.
export {
  type ConnectionStatusStore,
  createConnectionStore,
  createForgeClient,
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  createWorkflowStore,
  type ForgeClient,
  ForgeClientError,
  ForgeProvider,
  getForgeClient,
  type JobStore,
  type QueryStore,
  type ReactiveMutation,
  type ReactiveQuery,
  type Readable,
  type SubscriptionStore,
  toReactive,
  toReactiveMutation,
  type WorkflowStore,
} from '@headway/svelte/forge'
export * from './api'
export * from './reactive.svelte'
export type * from './types'
