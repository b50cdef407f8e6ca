import type { Capability } from './server-event.ts'

/**
 * The header of every answer that lists the server's capabilities.
 * @see PROTOCOL.md, "Capabilities"
 */
export const capabilitiesHeader = 'X-Headway-Capabilities'

/** Encodes the value of {@link capabilitiesHeader}, such as `revisions, get`. */
export function encodeCapabilities(words: readonly Capability[]): string {
  return words.join(', ')
}

/**
 * Parses the value of {@link capabilitiesHeader}, with the words that this version does not know.
 * `null` for an answer without the header, which comes from a Forge server or a proxy.
 */
export function parseCapabilities(header: string | null): string[] | null {
  if (header === null) return null
  return header
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
}
