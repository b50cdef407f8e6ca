import type { Problem, Schema } from '../schema.ts'

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

/** What is written for a schema, sorted by path, or why nothing can be. Pure: equal schemas, equal bytes. */
export function emit(
  _schema: Schema,
  _options: EmitOptions,
): { files: EmittedFile[] } | { problems: Problem[] } {
  return { files: [] }
}
