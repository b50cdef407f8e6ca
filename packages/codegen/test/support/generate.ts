import { emit } from '../../src/emit/emit.ts'
import type { EmitOptions } from '../../src/emit/options.ts'
import type { Schema } from '../../src/schema.ts'

/** The files for a schema, by their paths; throws with all that is wrong with it. */
export function generate(
  schema: Schema,
  options: Partial<EmitOptions> = {},
): Record<string, string> {
  const emitted = emit(schema, { target: 'core', case: 'camel', ...options })
  if ('problems' in emitted) {
    throw new Error(emitted.problems.map(({ message }) => message).join('\n'))
  }
  return Object.fromEntries(emitted.files.map(({ path, text }) => [path, text]))
}

/** One of the files, without its first line. */
export function generated(
  path: string,
  schema: Schema,
  options: Partial<EmitOptions> = {},
): string {
  const text = generate(schema, options)[path] ?? ''
  return text.slice(text.indexOf('\n') + 1).trimEnd()
}
