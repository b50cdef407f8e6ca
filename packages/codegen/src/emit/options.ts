/** What is written for. */
export interface EmitOptions {
  target: Target
  /** How the members of objects are named: as in the seed, `userId`; or as on the wire, `user_id`. */
  case: 'camel' | 'wire'
}

/** The framework that the generated functions are for; `core` is none. */
export type Target = 'svelte' | 'react' | 'vue' | 'core'

/** A file to be written, relative to the output folder. */
export interface EmittedFile {
  path: string
  text: string
}
