import type { StandardSchemaV1 } from '@standard-schema/spec'

/** What is wrong with a value, and where in it. */
export interface Problem {
  message: string
  path: PropertyKey[]
}

/** What a schema makes of a value. */
export type Validated<T> =
  | { value: T }
  /** Where and why it does not fit first, to stand behind what does not fit: ` at rows.0: too many`; and all that is wrong. */
  | { message: string; problems: Problem[] }

/** Checks and converts a value; without a schema it is taken as it is. @see https://standardschema.dev */
export async function validate<T>(
  schema: StandardSchemaV1<unknown, T> | undefined,
  value: unknown,
): Promise<Validated<T>> {
  if (!schema) return { value: value as T }
  const result = await schema['~standard'].validate(value)
  if (!result.issues) return { value: result.value }
  const problems = result.issues.map(({ message, path = [] }) => ({
    message,
    path: path.map((part) => (typeof part === 'object' ? part.key : part)),
  }))
  const first = problems[0]
  const where = first?.path.length ? ` at ${first.path.map(String).join('.')}` : ''
  return { message: `${where}: ${first?.message ?? 'invalid'}`, problems }
}
