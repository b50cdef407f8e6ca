/** The name of the part that holds the arguments of an upload. */
export const jsonPart = '_json'

/** Characters that separate or escape keys, or that servers refuse in the name of a part. */
const reserved = /[%./\\\p{Control}]/gu

/**
 * The name of the part that holds the file at `path` in the arguments: `['pages', '0', 'scan']` is
 * `pages.0.scan`.
 *
 * @see PROTOCOL.md, "Uploads"
 */
export function toPartName(path: readonly string[]): string {
  const name = path.map((key) => key.replace(reserved, toPercent)).join('.')
  return name === jsonPart ? '%5Fjson' : name
}

/** The keys that lead to the file of a part. `null` for a name that is not validly encoded. */
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
