import type { Sync } from './sync.ts'

/** The fields that the views of jobs, workflows and queries share. */
export interface FollowView {
  sync: Sync
  /** True until the server has answered. */
  loading: boolean
  /** Set for runs only: a query never ends. */
  isDone?: boolean
}
