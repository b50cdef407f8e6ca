/** The arguments of a function that takes none: leave them out, and `null` is sent. */
// biome-ignore lint/suspicious/noConfusingVoidType: a parameter that may be `void` may be left out
export type NoArgs = null | void

/** The types of one name: `{ args, output }`. */
export interface Signature {
  args: unknown
  output: unknown
}

/** The types of a workflow, with the payloads of its events. */
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

/** The names of one group in an `Api`; none when the `Api` has no such group. */
export type Group<TApi extends Api, TName extends keyof Api> =
  TApi[TName] extends Record<string, Signature> ? TApi[TName] : Record<never, Signature>

/** The payloads of a workflow's events, by their names. */
export type EventsOf<TSignature> = TSignature extends { events: infer TEvents } ? TEvents : unknown

/** The names of events; any name for a definition that declares none. */
export type EventName<TEvents> = unknown extends TEvents ? string : keyof TEvents & string

/** The payload of one event. */
export type EventPayload<TEvents, TName> = TName extends keyof TEvents ? TEvents[TName] : unknown

/**
 * Arguments as rest parameters: optional where they may be `undefined`. `TGiven`: their form, such
 * as a function.
 */
export type ArgsRest<TArgs, TGiven = TArgs> = undefined extends TArgs
  ? [args?: TGiven]
  : [args: TGiven]
