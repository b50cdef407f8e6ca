import { jsonPart, toPartName } from '../protocol/part-name.ts'
import { visitFiles } from './sendable.ts'

/** A file in the arguments of a call, and the keys on the way to it. */
export interface PlacedFile {
  path: string[]
  file: Blob
}

/**
 * The files in the arguments of a call, at any depth. Throws a `TypeError` for bytes, maps and
 * sets, which JSON would lose in silence, and for a file that has no name in the arguments.
 */
export function filesIn(args: unknown): PlacedFile[] {
  const found: PlacedFile[] = []
  visitFiles(args, [], (file, path) => found.push({ path, file }))
  const isNamed = !(args instanceof Blob || Array.isArray(args) || isFileList(args))
  if (isNamed || found.length === 0) return found
  throw new TypeError('A file has no name in the arguments: send an object, such as { file }')
}

/** The arguments of a call as a form: the JSON first, so that a server knows them before the files come. */
export function toForm(args: unknown, files: readonly PlacedFile[]): FormData {
  const form = new FormData()
  form.set(jsonPart, JSON.stringify(args, withoutFile))
  for (const { path, file } of files) form.append(toPartName(path), file)
  return form
}

/** Lists keep their order: `null` holds the place of a file. */
function withoutFile(this: unknown, _key: string, value: unknown): unknown {
  if (isFileList(value)) return Array.from(value, () => null)
  if (!(value instanceof Blob)) return value
  return Array.isArray(this) ? null : undefined
}

/** The files of an input: an iterable, not an array, and only in browsers. */
function isFileList(value: unknown): value is FileList {
  return typeof FileList !== 'undefined' && value instanceof FileList
}
