import { fromPartName } from './part-name.ts'

const maxNameBytes = 255

/** A file and the name of its part. */
export interface NamedFile<T> {
  partName: string
  file: T
}

/** The error for a file that has no place in the arguments. @see PROTOCOL.md, "Uploads" */
export interface Misplaced {
  code: 'INVALID_FIELD' | 'DUPLICATE_FIELD'
  message: string
}

/** The keys that lead to the file of a part, or the error for a name that is not allowed. */
export function readPartName(partName: string | undefined): string[] | Misplaced {
  const isShort = new TextEncoder().encode(partName).length <= maxNameBytes
  const path = partName && isShort ? fromPartName(partName) : null
  const isPlace = path?.every((key) => key !== '' && key !== '__proto__')
  if (path && isPlace) return path
  const message = `A part cannot be called ${JSON.stringify(partName ?? '')}`
  return { code: 'INVALID_FIELD', message }
}

/**
 * Puts files into the arguments they came with. Returns the error for the first file that has no
 * place there.
 *
 * @param args parsed from JSON. It is modified.
 * @see PROTOCOL.md, "Uploads"
 */
export function placeFiles<T>(
  args: Record<string, unknown>,
  files: readonly NamedFile<T>[],
): { args: Record<string, unknown> } | Misplaced {
  for (const { partName, file } of files) {
    const path = readPartName(partName)
    if ('code' in path) return path
    const last = path.pop() ?? ''
    const holder = path.reduce<unknown>(
      (at, key) => (isHolder(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      args,
    )
    if (!isHolder(holder) || (Array.isArray(holder) && !Object.hasOwn(holder, last))) {
      const message = `There is no place for ${partName} in the arguments`
      return { code: 'INVALID_FIELD', message }
    }
    const isFree = Array.isArray(holder)
      ? holder[Number(last)] === null
      : !Object.hasOwn(holder, last)
    if (!isFree) return { code: 'DUPLICATE_FIELD', message: `There is more than one ${partName}` }
    holder[last] = file
  }
  return { args }
}

/** True for a list or a JSON object, false for a file that was placed before. */
function isHolder(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
