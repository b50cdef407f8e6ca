import type { StandardSchemaV1 } from '@standard-schema/spec'
import { boundText } from '../bound-text.ts'
import { describeError } from '../describe-error.ts'

/**
 * How many problems of one value are reported, and how long each may be: a message may contain the
 * whole value.
 */
const [maxProblems, maxProblemChars] = [100, 500]

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
  const problems = result.issues.slice(0, maxProblems).map(({ message, path = [] }) => ({
    message: boundText(describeError(message), maxProblemChars),
    path: path.map((part) => (typeof part === 'object' ? part.key : part)),
  }))
  const first = problems[0]
  const where = first?.path.length ? ` at ${first.path.map(String).join('.')}` : ''
  return { message: `${where}: ${first?.message ?? 'invalid'}`, problems }
}
