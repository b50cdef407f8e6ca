declare const types: unique symbol
declare const events: unique symbol

/** What a name stands for at the server. */
export type DefinitionKind = 'job' | 'workflow' | 'query' | 'mutation'

/**
 * How arguments and outputs are written on the wire, where that differs from what the program says: whoever
 * starts, calls or watches by a definition that has one sees the program's side alone. `null` is `null` on
 * both sides and given to neither; where a server wants something else for arguments that are `null`,
 * `nullOnWire` says what.
 *
 * `toWire` runs once per start or call, before anything is sent: what it throws is a `StartFailed`, or rejects the
 * call, and is thrown by `watch()`. `fromWire`
 * runs once per output, and its result is kept; when it throws, `output` or `data` is `null` and `error` says
 * why, and `result` and `call()` reject with `ProtocolError`.
 */
export interface Codec<TArgs, TOutput> {
  // Methods, so that one for what a server is known to send fits: `fromWire(user: UserWire): User`.
  toWire?(args: TArgs): unknown
  readonly nullOnWire?: unknown
  fromWire?(output: unknown): TOutput
}

/** A name with the types of what goes in and what comes out. Write it once, use it anywhere. */
export interface Definition<TKind extends DefinitionKind, TArgs, TOutput> {
  readonly kind: TKind
  /** The name the server knows, such as `export_users`. */
  readonly name: string
  /** How both are written on the wire; as they are, when there is none. */
  readonly codec?: Codec<TArgs, TOutput> | undefined
  /** Only for the compiler; never there at run time. */
  readonly [types]?: (args: TArgs) => TOutput
}

/** The arguments of what takes none: they may be left out, and `null` is sent. */
// biome-ignore lint/suspicious/noConfusingVoidType: a parameter that may be `void` may be left out
export type NoArgs = null | void

/** A job's name and types. */
export type JobDefinition<TArgs, TOutput> = Definition<'job', TArgs, TOutput>
/** A workflow's name and types, and what its events carry, by their names. */
export interface WorkflowDefinition<TArgs, TOutput, TEvents = unknown>
  extends Definition<'workflow', TArgs, TOutput> {
  /** Only for the compiler; never there at run time. */
  readonly [events]?: TEvents
}
/** A query's name and types. */
export type QueryDefinition<TArgs, TData> = Definition<'query', TArgs, TData>
/** A mutation's name and types. */
export type MutationDefinition<TArgs, TOutput> = Definition<'mutation', TArgs, TOutput>

/**
 * Names a job and its types.
 *
 * @example
 * ```ts
 * const exportUsers = defineJob<{ format: 'csv' | 'json' }, { downloadUrl: string }>('export_users')
 * ```
 */
export function defineJob<TArgs, TOutput>(
  name: string,
  codec?: Codec<TArgs, TOutput>,
): JobDefinition<TArgs, TOutput> {
  return define('job', name, codec)
}

/** Names a workflow and its types, and what its events carry: `{ email_confirmed: { code: string } }`. */
export function defineWorkflow<TArgs, TOutput, TEvents = unknown>(
  name: string,
  codec?: Codec<TArgs, TOutput>,
): WorkflowDefinition<TArgs, TOutput, TEvents> {
  return define('workflow', name, codec)
}

/** Names a query and its types: `client.watch()` keeps its result live, `client.call()` asks once. */
export function defineQuery<TArgs, TData>(
  name: string,
  codec?: Codec<TArgs, TData>,
): QueryDefinition<TArgs, TData> {
  return define('query', name, codec)
}

/** Names a mutation and its types, for `client.call()`. */
export function defineMutation<TArgs, TOutput>(
  name: string,
  codec?: Codec<TArgs, TOutput>,
): MutationDefinition<TArgs, TOutput> {
  return define('mutation', name, codec)
}

function define<TKind extends DefinitionKind, TArgs, TOutput>(
  kind: TKind,
  name: string,
  codec: Codec<TArgs, TOutput> | undefined,
): Definition<TKind, TArgs, TOutput> {
  if (name !== '') return { kind, name, codec }
  throw new TypeError(`The name of this ${kind} is empty: give the name the server knows`)
}

/** What one name takes and gives: `{ args, output }`. */
export interface Signature {
  args: unknown
  output: unknown
}

/** The same of a workflow, with what its events carry. */
export interface WorkflowSignature extends Signature {
  events?: unknown
}

/** A server's names and types: `typeof gateway.api`, or written by hand. */
export interface Api {
  jobs?: Record<string, Signature>
  workflows?: Record<string, WorkflowSignature>
  queries?: Record<string, Signature>
  mutations?: Record<string, Signature>
}

/** Of a client without an `Api`: any name, and nobody knows what it takes and gives. */
export interface UntypedApi {
  jobs: Record<string, Signature>
  workflows: Record<string, Signature>
  queries: Record<string, Signature>
  mutations: Record<string, Signature>
}

/** The signatures of one kind in an `Api`; none when the `Api` does not name any. */
type Signatures<TApi extends Api, TGroup extends keyof Api> =
  TApi[TGroup] extends Record<string, Signature> ? TApi[TGroup] : Record<never, Signature>

/** The names of one kind in an `Api`. */
export type NameOf<TApi extends Api, TGroup extends keyof Api> = keyof Signatures<TApi, TGroup> &
  string

/** What a name of an `Api` takes. */
export type ArgsOf<TApi extends Api, TGroup extends keyof Api, TName> = SignatureOf<
  TApi,
  TGroup,
  TName
>['args']

/** What a name of an `Api` gives. */
export type OutputOf<TApi extends Api, TGroup extends keyof Api, TName> = SignatureOf<
  TApi,
  TGroup,
  TName
>['output']

type SignatureOf<TApi extends Api, TGroup extends keyof Api, TName> = Signatures<
  TApi,
  TGroup
>[TName & keyof Signatures<TApi, TGroup>] extends infer TFound extends Signature
  ? TFound
  : never

/** What the events of a workflow of an `Api` carry, by their names. */
export type EventsOf<TApi extends Api, TName> =
  SignatureOf<TApi, 'workflows', TName> extends { events: infer TEvents } ? TEvents : unknown

/** The names of events; any, where nobody has said which there are. */
export type EventName<TEvents> = unknown extends TEvents ? string : keyof TEvents & string

/** What an event carries. */
export type EventPayload<TEvents, TName> = TName extends keyof TEvents ? TEvents[TName] : unknown

/** Arguments that may be `undefined` may be left out. `TGiven`: how they are given, such as by a function. */
export type ArgsRest<TArgs, TGiven = TArgs> = undefined extends TArgs
  ? [args?: TGiven]
  : [args: TGiven]
