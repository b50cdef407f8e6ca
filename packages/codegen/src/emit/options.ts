import type { Case } from './model/naming.ts'

/** The choices of one run. */
export interface EmitOptions {
  target: Target
  /** The spelling of members: `userId` (camel), or `user_id` as on the wire (wire). */
  case: Case
}

/** The framework to generate for; `core` needs none. */
export type Target = 'svelte' | 'react' | 'vue' | 'core'
