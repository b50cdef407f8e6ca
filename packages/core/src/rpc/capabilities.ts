import { capabilitiesHeader, parseCapabilities } from '../protocol/capabilities-header.ts'
import type { Capability } from '../protocol/server-event.ts'

/** What the server can do beyond Forge 0.10, as far as it has said so. @see PROTOCOL.md, "Capabilities" */
export interface Capabilities {
  /** Whether it can; `undefined` before it has said anything. */
  has(capability: Capability): boolean | undefined
  /** Takes what it said on a stream; nothing is an answer, too. */
  learn(words: readonly string[]): void
  /** Takes what an answer says in its header. One without it may come from something on the way. */
  learnFrom(headers: Headers): void
}

/** Nothing known yet. The newest word counts: a server may be rolled back. */
export function createCapabilities(): Capabilities {
  let known: ReadonlySet<string> | undefined
  const learn = (words: readonly string[]): void => {
    known = new Set(words)
  }
  return {
    learn,
    has: (capability) => known?.has(capability),
    learnFrom(headers) {
      const words = parseCapabilities(headers.get(capabilitiesHeader))
      if (words) learn(words)
    },
  }
}
