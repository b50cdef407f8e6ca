declare const types: unique symbol

/** A job's name with the types of what goes in and what comes out. Plain data: write it once, use it anywhere. */
export interface JobDefinition<TArgs, TOutput> {
  readonly kind: 'job'
  /** The name the server knows, such as `export_users`. */
  readonly name: string
  /** Only for the compiler; never there at run time. */
  readonly [types]?: (args: TArgs) => TOutput
}

/**
 * Names a job and its types.
 *
 * @example
 * ```ts
 * const exportUsers = defineJob<{ format: 'csv' | 'json' }, { downloadUrl: string }>('export_users')
 * ```
 */
export function defineJob<TArgs, TOutput>(name: string): JobDefinition<TArgs, TOutput> {
  if (name === '') throw new TypeError('defineJob("") names no job: give the name the server knows')
  return { kind: 'job', name }
}
