import type { Case } from './model/naming.ts'

/** What is written for. */
export interface EmitOptions {
  target: Target
  /** How the members of objects are named: as in the seed, `userId`; or as on the wire, `user_id`. */
  case: Case
}

/** The framework that the generated functions are for; `core` is none. */
export type Target = 'svelte' | 'react' | 'vue' | 'core'
