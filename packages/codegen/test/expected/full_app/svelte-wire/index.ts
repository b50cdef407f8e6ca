// Made by headway generate. Changes are lost the next time it runs.
export {
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
  type WorkflowStore,
} from '@headway/svelte'
export {
  createForgeClient,
  type ForgeClient,
  ForgeClientError,
  ForgeProvider,
  getForgeClient,
  type ReactiveMutation,
  type ReactiveQuery,
  toReactive,
  toReactiveMutation,
} from '@headway/svelte/forge'
export * from './api'
export * from './reactive.svelte'
export type * from './types'
