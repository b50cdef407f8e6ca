import type { ProtocolError } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { TargetKind } from '../protocol/server-event.ts'
import type { Fold, FollowEvent } from '../state/run-state.ts'

/** A request that reads one state, without a registration. */
export interface ReadRequest {
  method: 'GET' | 'POST'
  /** Below `/_api`. */
  path: string
  body?: unknown
}

/**
 * One kind of thing to follow: how it is registered, read and folded. `V` is its view, `S` its
 * snapshot. A definition brings its kind along, so that a page bundles the kinds it uses.
 */
export interface Kind<V = unknown, S = unknown> {
  readonly name: TargetKind
  /** The path that registers a single one, below `/_api`. */
  readonly path: string
  /** The error code for an id that the server does not know; `null` for queries. */
  readonly missing: string | null
  /** The snapshot in a payload, or the reason why there is none. */
  parse(payload: unknown, revision?: number): S | ProtocolError
  reduce(fold: Fold<V>, event: FollowEvent<S>): Fold<V>
  /** Reads the state of one. Throws `RpcError` for an id that cannot stand in a path. */
  toRead(item: BatchItem): ReadRequest
}

/** A target: one item to register, and its kind. */
export interface Target {
  readonly kind: Kind
  readonly item: BatchItem
}

/** Hides a kind's own types: the view and the events of a cell are always of the cell's kind. */
export function toKind<V, S>(kind: Kind<V, S>): Kind {
  return kind as unknown as Kind
}
