import type { Capability } from './server-event.ts'

/** The header of every answer that says what the server can do. @see PROTOCOL.md, "Capabilities" */
export const capabilitiesHeader = 'X-Headway-Capabilities'

/** The words as {@link capabilitiesHeader} carries them: `revisions, get`. */
export function encodeCapabilities(words: readonly Capability[]): string {
  return words.join(', ')
}

/**
 * The words of {@link capabilitiesHeader}, also those that this version does not know. `null` for an answer without
 * the header: a Forge sent it, or something on the way, such as a proxy.
 */
export function parseCapabilities(header: string | null): string[] | null {
  if (header === null) return null
  return header
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
