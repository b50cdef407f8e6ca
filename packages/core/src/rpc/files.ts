import { jsonPart, toPartName } from '../protocol/part-name.ts'

/** As deep as a server reads. @see PROTOCOL.md, "Requests" */
const maxDepth = 64

/** A file in the arguments of a call, and the keys on the way to it. */
export interface PlacedFile {
  path: string[]
  file: Blob
}

/**
 * The files in the arguments of a call, wherever they stand. Throws a `TypeError` about what JSON would lose
 * without a word: bytes, maps and sets; and about a file that has no name in the arguments.
 */
export function filesIn(args: unknown): PlacedFile[] {
  const found: PlacedFile[] = []
  visit(args, [], (file, path) => found.push({ path, file }))
  const isNamed = !(args instanceof Blob || Array.isArray(args) || isFileList(args))
  if (isNamed || found.length === 0) return found
  throw new TypeError('A file has no name in the arguments: send an object, such as { file }')
}

/** Throws a `TypeError` about a file, or what else JSON would lose, where no file can go. */
export function refuseFiles(value: unknown, where: string): void {
  visit(value, [], (_, path) => {
    throw new TypeError(
      `${[where, ...path].join('.')} is a file: only the arguments of a call can hold one`,
    )
  })
}

/**
 * Arguments as they are now, for what is sent again later; files stay the files they are. Throws as {@link filesIn} does.
 */
export function copyArgs(args: unknown): unknown {
  filesIn(args)
  return copy(args)
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Blob || isFileList(value)) return value
  if (Array.isArray(value)) return value.map(copy)
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON()
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
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

/** What an input has. It is no array, and nowhere but in browsers. */
function isFileList(value: unknown): value is FileList {
  return typeof FileList !== 'undefined' && value instanceof FileList
}

function visit(value: unknown, path: string[], onFile: (file: Blob, path: string[]) => void): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Blob) return onFile(value, path)
  const isLost = [ArrayBuffer, Map, Set].some((type) => value instanceof type)
  if (isLost || ArrayBuffer.isView(value)) {
    const at = path.join('.') || 'What is to be sent'
    const { name } = value.constructor
    throw new TypeError(`${at} is of type ${name}, JSON has none: send a Blob, a list or an object`)
  }
  if (path.length > maxDepth) {
    throw new TypeError(`The arguments are nested deeper than ${maxDepth}, or hold themselves`)
  }
  // It says itself what it is as JSON.
  if ('toJSON' in value) return
  for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key], onFile)
}
