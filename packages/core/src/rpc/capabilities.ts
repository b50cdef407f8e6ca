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

/** Nothing known yet. What was learned once stays: servers behind one address are one server. */
export function createCapabilities(): Capabilities {
  const known = new Set<string>()
  let hasSpoken = false
  let lastHeader: string | null = null
  const learn = (words: readonly string[]): void => {
    hasSpoken = true
    for (const word of words) known.add(word)
  }
  return {
    learn,
    has: (capability) => (hasSpoken ? known.has(capability) : undefined),
    learnFrom(headers) {
      const header = headers.get(capabilitiesHeader)
      if (header === lastHeader) return
      lastHeader = header
      learn(parseCapabilities(header) ?? [])
    },
  }
}
