import { capabilitiesHeader, parseCapabilities } from '../protocol/capabilities-header.ts'
import type { Capability } from '../protocol/server-event.ts'

/**
 * The server's extensions of Forge 0.10, as far as they are known.
 * @see PROTOCOL.md, "Capabilities"
 */
export interface Capabilities {
  /** True if the server has the capability; `undefined` before its first answer. */
  has(capability: Capability): boolean | undefined
  /** True if the server is a Forge; `undefined` before its first answer. */
  isForge(): boolean | undefined
  /** Replaces the known capabilities by those of a stream. An empty list means that it has none. */
  learn(words: readonly string[]): void
  /**
   * Replaces the known capabilities by those in an answer's header. An answer without the header
   * changes nothing, since it may come from a proxy.
   */
  learnFrom(headers: Headers): void
}

/** True for the capabilities of a Forge server: it announces none. Our own servers always do. */
export function isForgeServer(known: ReadonlySet<string>): boolean {
  return known.size === 0
}

/** Starts with nothing known. The newest answer counts, since a server may be rolled back. */
export function createCapabilities(): Capabilities {
  let known: ReadonlySet<string> | undefined
  const learn = (words: readonly string[]): void => {
    known = new Set(words)
  }
  return {
    learn,
    has: (capability) => known?.has(capability),
    isForge: () => known && isForgeServer(known),
    learnFrom(headers) {
      const words = parseCapabilities(headers.get(capabilitiesHeader))
      if (words) learn(words)
    },
  }
}
