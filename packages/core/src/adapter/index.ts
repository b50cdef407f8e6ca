export type { ArgsOf, NameOf, OutputOf } from '../definitions.ts'
export { isReady } from '../tracking/sync.ts'
export { createMutation, type Mutation, type MutationView } from './mutation.ts'
export { getPageClient, isServer, setClient } from './page-client.ts'
export {
  type AnyRunHandle,
  type AnyRunView,
  createRuns,
  idOf,
  type RunCallbacks,
  type Runs,
} from './runs.ts'
export { createSelection, type Selection } from './selection.ts'
