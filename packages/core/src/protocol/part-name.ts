/** The part of an upload that holds the arguments. */
export const jsonPart = '_json'

/** What would be read as something else, or is refused, in a part's name. */
const reserved = /[%./\\\p{Control}]/gu

/**
 * The name of the part that holds the file at `path` in the arguments: `['pages', '0', 'scan']` is `pages.0.scan`.
 *
 * @see PROTOCOL.md, "Uploads"
 */
export function toPartName(path: readonly string[]): string {
  const name = path.map((key) => key.replace(reserved, toPercent)).join('.')
  return name === jsonPart ? '%5Fjson' : name
}

/** Where the file of a part belongs; `null` for a name that says no place. */
export function fromPartName(name: string): string[] | null {
  try {
    return name.split('.').map(decodeURIComponent)
  } catch {
    return null
  }
}

function toPercent(character: string): string {
  return character === '.' ? '%2E' : encodeURIComponent(character)
}
