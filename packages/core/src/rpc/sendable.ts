/** The deepest nesting that a server accepts. @see PROTOCOL.md, "Requests" */
const maxDepth = 64

/**
 * Throws a `TypeError` for values that JSON would lose without an error: bytes, maps, sets and
 * files.
 *
 * @param where the start of the path in the error, such as the name of the call
 */
export function refuseFiles(value: unknown, where: string): void {
  visitFiles(value, [], (_, path) => {
    throw new TypeError(
      `${[where, ...path].join('.')} is a file: files need a mutation, or a definition made by withFiles()`,
    )
  })
}

/** Returns the files in a value, at any depth. Throws like {@link visitFiles}. */
export function filesOf(value: unknown): Blob[] {
  const files: Blob[] = []
  visitFiles(value, [], (file) => files.push(file))
  return files
}

/**
 * Copies arguments, so that later changes of the program do not reach them. Files are not copied.
 */
export function copyArgs(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Blob) return value
  if (Array.isArray(value)) return value.map(copyArgs)
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON()
  // The `files` of an input, which is not an array.
  if (typeof FileList !== 'undefined' && value instanceof FileList) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyArgs(inner)]))
}

/**
 * Calls `onFile` for each file in a value, with its path. Throws a `TypeError` for bytes, maps and
 * sets.
 */
export function visitFiles(
  value: unknown,
  path: string[],
  onFile: (file: Blob, path: string[]) => void,
): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Blob) return onFile(value, path)
  const isLost = [ArrayBuffer, Map, Set].some((type) => value instanceof type)
  if (isLost || ArrayBuffer.isView(value)) {
    const at = path.join('.') || 'The value to send'
    const { name } = value.constructor
    throw new TypeError(
      `${at} is a ${name}, which JSON cannot hold: send a Blob, a list or an object`,
    )
  }
  if (path.length > maxDepth) {
    throw new TypeError(
      `The arguments are nested deeper than ${maxDepth} levels, or contain themselves`,
    )
  }
  // JSON will hold the result of `toJSON`, not these members.
  if ('toJSON' in value) return
  for (const [key, inner] of Object.entries(value)) visitFiles(inner, [...path, key], onFile)
}
