export {
  createOptimistic,
  type Optimistic,
  type OptimisticOptions,
  type OptimisticView,
} from './create-optimistic.ts'
export type { Apply } from './optimistic-state.ts'
