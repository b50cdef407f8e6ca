import type { StandardSchemaV1 } from '@standard-schema/spec'
import { boundText } from '../bound-text.ts'
import { describeError } from '../describe-error.ts'

/**
 * The maximum number of problems that are reported of one value, and the maximum length of each: a
 * message may contain the whole value.
 */
const [maxProblems, maxProblemChars] = [100, 500]

/** A problem with a value, and its place. */
export interface Problem {
  message: string
  path: PropertyKey[]
}

/** The result of a schema. */
export type Validated<T> =
  | { value: T }
  /** The first problem as the end of a sentence (` at rows.0: too many`), and all problems. */
  | { message: string; problems: Problem[] }

/**
 * Checks and converts a value; without a schema the value is returned. @see
 * https://standardschema.dev
 */
export async function validate<T>(
  schema: StandardSchemaV1<unknown, T> | undefined,
  value: unknown,
): Promise<Validated<T>> {
  if (!schema) return { value: value as T }
  const result = await schema['~standard'].validate(value)
  if (!result.issues) return { value: result.value }
  const problems = result.issues.slice(0, maxProblems).map(({ message, path = [] }) => ({
    message: boundText(describeError(message), maxProblemChars),
    path: path.map((part) => (typeof part === 'object' ? part.key : part)),
  }))
  const first = problems[0]
  const where = first?.path.length ? ` at ${first.path.map(String).join('.')}` : ''
  return { message: `${where}: ${first?.message ?? 'invalid'}`, problems }
}
