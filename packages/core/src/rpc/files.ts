import { jsonPart, toPartName } from '../protocol/part-name.ts'
import { visitFiles } from './sendable.ts'

/** A file in the arguments of a call, and the keys that lead to it. */
export interface PlacedFile {
  path: string[]
  file: Blob
}

/**
 * Finds the files in the arguments of a call, at any depth. Throws a `TypeError` for bytes, maps
 * and sets, which JSON would lose without an error, and for a file without a key in the arguments.
 */
export function filesIn(args: unknown): PlacedFile[] {
  const found: PlacedFile[] = []
  visitFiles(args, [], (file, path) => found.push({ path, file }))
  const isNamed = !(args instanceof Blob || Array.isArray(args) || isFileList(args))
  if (isNamed || found.length === 0) return found
  throw new TypeError('A file has no name in the arguments: send an object, such as { file }')
}

/** The arguments as a form. The JSON comes first, so that a server has it before the files. */
export function toForm(args: unknown, files: readonly PlacedFile[]): FormData {
  const form = new FormData()
  form.set(jsonPart, JSON.stringify(args, withoutFile))
  for (const { path, file } of files) form.append(toPartName(path), file)
  return form
}

/**
 * Replaces a file by `null` in a list, so that the others keep their positions, and drops it
 * elsewhere.
 */
function withoutFile(this: unknown, _key: string, value: unknown): unknown {
  if (isFileList(value)) return Array.from(value, () => null)
  if (!(value instanceof Blob)) return value
  return Array.isArray(this) ? null : undefined
}

/** True for the `files` of an input: an iterable, not an array, and only in browsers. */
function isFileList(value: unknown): value is FileList {
  return typeof FileList !== 'undefined' && value instanceof FileList
}
