import type { Target } from '../kinds/kind.ts'
import type { Transport } from '../rpc/transport.ts'
import type { Registry } from './registry.ts'

/** The parts of a client that its handles share. */
export interface Tracking {
  readonly transport: Transport
  readonly registry: Registry
  /** The queries that are registered now, by name and arguments. */
  readonly queries: { readonly targets: Map<string, Target>; lastId: number }
}
