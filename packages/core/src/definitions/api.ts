/** The arguments of a function without parameters. Leave them out: the client sends `null`. */
// biome-ignore lint/suspicious/noConfusingVoidType: a parameter that may be `void` may be left out
export type NoArgs = null | void

/** The types of one job, query or mutation. */
export interface Signature {
  args: unknown
  output: unknown
}

/** The types of a workflow, with the payloads of its events. */
export interface WorkflowSignature extends Signature {
  events?: unknown
}

/** The names and types of a server. Use `typeof gateway.api`, or write it by hand. */
export interface Api {
  jobs?: Record<string, Signature>
  workflows?: Record<string, WorkflowSignature>
  queries?: Record<string, Signature>
  mutations?: Record<string, Signature>
}

/** One group of an `Api`, by name. Empty when the `Api` has no such group. */
export type Group<TApi extends Api, TName extends keyof Api> =
  TApi[TName] extends Record<string, Signature> ? TApi[TName] : Record<never, Signature>

/** The payloads of a workflow's events, by event name. */
export type EventsOf<TSignature> = TSignature extends { events: infer TEvents } ? TEvents : unknown

/** The names of a workflow's events. Any string when the definition declares no events. */
export type EventName<TEvents> = unknown extends TEvents ? string : keyof TEvents & string

/** The type of the payload of one event. */
export type EventPayload<TEvents, TName> = TName extends keyof TEvents ? TEvents[TName] : unknown

/**
 * The arguments as rest parameters, optional where they may be `undefined`. `TGiven` is the type to
 * pass, for example a function that returns the arguments.
 */
export type ArgsRest<TArgs, TGiven = TArgs> = undefined extends TArgs
  ? [args?: TGiven]
  : [args: TGiven]
