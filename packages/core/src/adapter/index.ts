export type { ArgsRest } from '../definitions/api.ts'
export type { AnyRunView } from '../kinds/run-kind.ts'
export { isListed, runsKey, type ShownRuns, showRuns } from './lists.ts'
export { beginMany } from './many.ts'
export { createMutation, type Mutation, type MutationView } from './mutation.ts'
export { getPageClient, isServer, setClient } from './page-client.ts'
export { askQuery, type QueryResult, queryKey, type ShownQuery, watchQuery } from './queries.ts'
export { type Awaitable, hasToWait, hydration, whenReady } from './ready.ts'
export {
  type AnyRunCallbacks,
  type AnyRunDefinition,
  type AnyRunHandle,
  type Begin,
  createRuns,
  type RunActions,
  type RunCallbacks,
  type Runs,
} from './runs.ts'
export { createSelection, type Selection, selectStore } from './selection.ts'
export { createSlot, isRun, type Slot } from './slot.ts'
