import { fromPartName } from './part-name.ts'

const maxNameBytes = 255

/** A file under the name of its part. */
export interface NamedFile<T> {
  partName: string
  file: T
}

/** Why a file belongs nowhere. @see PROTOCOL.md, "Uploads" */
export interface Misplaced {
  code: 'INVALID_FIELD' | 'DUPLICATE_FIELD'
  message: string
}

/** The keys on the way to a file, or why its part may not be called so. */
export function readPartName(partName: string | undefined): string[] | Misplaced {
  const isShort = new TextEncoder().encode(partName).length <= maxNameBytes
  const path = partName && isShort ? fromPartName(partName) : null
  const isPlace = path?.every((key) => key !== '' && key !== '__proto__')
  if (path && isPlace) return path
  const message = `No part may be called ${JSON.stringify(partName ?? '')}`
  return { code: 'INVALID_FIELD', message }
}

/**
 * Puts files where they belong in the arguments they came with, or says which does not.
 *
 * @param args parsed from JSON; it is changed
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

/** A list, or an object as JSON has it: no file that was placed before. */
function isHolder(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
