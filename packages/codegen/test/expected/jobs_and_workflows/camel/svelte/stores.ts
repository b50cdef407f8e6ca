// Made by headway generate. Changes are lost the next time it runs.
export {
  type ConnectionStatusStore,
  createConnectionStore,
  createJobStore,
  createQueryStore,
  createSubscriptionStore,
  createWorkflowStore,
  getForgeClient,
  type JobStore,
  type QueryStore,
  type Readable,
  type SubscriptionStore,
  type WorkflowStore,
} from '@headway/svelte/forge'
