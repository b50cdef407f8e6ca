import type { Target } from '../kinds/kind.ts'
import type { Registry } from '../registry/registry.ts'
import type { Transport } from '../rpc/transport.ts'

/** The parts of a client that its handles share. */
export interface Tracking {
  readonly transport: Transport
  readonly registry: Registry
  /** The registered queries, by name and arguments. */
  readonly queries: { readonly targets: Map<string, Target>; lastId: number }
}
