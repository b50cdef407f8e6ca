import type { ProtocolError } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { TargetKind } from '../protocol/target.ts'
import type { Fold, FollowEvent } from '../state/run-state.ts'

/** A request that reads one state without registering it. */
export interface ReadRequest {
  method: 'GET' | 'POST'
  /** Below `/_api`. */
  path: string
  body?: unknown
}

/**
 * The code to register, read and fold one kind of target. `V` is its view, `S` its snapshot. A
 * definition holds its kind, so a page bundles only the kinds it uses.
 */
export interface Kind<V = unknown, S = unknown> {
  readonly name: TargetKind
  /** The path to register one target, below `/_api`. */
  readonly path: string
  /** The error code for an id that the server does not know; `null` for queries. */
  readonly missing: string | null
  /** Reads the snapshot from a payload. Returns the error instead of throwing it. */
  parse(payload: unknown, revision?: number): S | ProtocolError
  /** @param offsetMs added to the server's times, so that they are by the device's clock */
  reduce(fold: Fold<V>, event: FollowEvent<S>, offsetMs?: number): Fold<V>
  /** The request to read one state. Throws `RpcError` for an id that no path can hold. */
  toRead(item: BatchItem): ReadRequest
}

/** One item to register, and its kind. */
export interface Target {
  readonly kind: Kind
  readonly item: BatchItem
}

/** Erases the type parameters. This is safe: a cell passes a kind only its own views and events. */
export function toKind<V, S>(kind: Kind<V, S>): Kind {
  return kind as unknown as Kind
}
