import type {
  JobDefinition,
  MutationDefinition,
  QueryDefinition,
  WorkflowDefinition,
} from '@headway/core'

/** The output as it arrives: `null` without one. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that gives nothing says so
type Given<TOutput> = [TOutput] extends [void] ? null : TOutput

/** A call of a generated function, and what has to come of it. */
export type Call<TArgs, TOutput> = {
  args: TArgs
  /** The user who calls. Default: a random one. */
  as?: 'user' | 'admin'
  /** The action that ends a wait. */
  meanwhile?: 'confirm' | 'cancel'
} & (
  | { output: Given<TOutput> }
  /** The name of the error that it ends with, and its message. */
  | { fails: string }
)

/** The calls of what a generated module exports; `never` of what calls nothing by itself. */
export type CallOf<TExport> =
  TExport extends QueryDefinition<infer TArgs, infer TOutput>
    ? Call<TArgs, TOutput>
    : TExport extends MutationDefinition<infer TArgs, infer TOutput>
      ? Call<TArgs, TOutput>
      : TExport extends JobDefinition<infer TArgs, infer TOutput>
        ? Call<TArgs, TOutput>
        : TExport extends WorkflowDefinition<infer TArgs, infer TOutput>
          ? Call<TArgs, TOutput>
          : TExport extends () => Promise<infer TOutput>
            ? Call<null, TOutput>
            : TExport extends (args: infer TArgs) => Promise<infer TOutput>
              ? Call<TArgs, TOutput>
              : never

/** Some calls of every function of a generated module, by their names: none may be left out. */
export type Calls<TApi> = {
  [TName in keyof TApi as [CallOf<TApi[TName]>] extends [never] ? never : TName]: CallOf<
    TApi[TName]
  >[]
}

/** Functions that are called alike but for the start of their names. */
export type Named<TPrefix extends string, TCalls> = {
  [TName in keyof TCalls & string as `${TPrefix}${Capitalize<TName>}`]: TCalls[TName]
}

/** The same calls, for functions whose names begin with `prefix`. */
export function named<TPrefix extends string, TCalls extends object>(
  prefix: TPrefix,
  calls: TCalls,
): Named<TPrefix, TCalls> {
  const entries = Object.entries(calls).map(([name, call]): [string, unknown] => [
    `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    call,
  ])
  // That the names are these no type of the standard library says.
  return Object.fromEntries(entries) as Named<TPrefix, TCalls>
}
