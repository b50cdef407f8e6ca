import type { StandardSchemaV1 } from '@standard-schema/spec'
import { validate } from '../app/validate.ts'
import { toMessageText } from '../bound-text.ts'
import { describeError } from '../describe-error.ts'
import { OutputRefused } from '../errors.ts'
import { toJson } from '../postgres-text.ts'

/** The default maximum size of an output, in bytes of JSON. */
export const defaultMaxOutputBytes = 1_048_576

/**
 * The returned value as JSON text to keep. Throws when it does not fit its schema, is not JSON, or
 * is too large to send to every watcher.
 */
export async function toOutput(
  schema: StandardSchemaV1<unknown, unknown> | undefined,
  returned: unknown,
  maxOutputBytes: number = defaultMaxOutputBytes,
): Promise<string> {
  const validated = await validate(schema, returned)
  if (!('value' in validated)) {
    // The message of a schema may contain the value.
    throw new OutputRefused(
      `The output does not fit its schema${validated.message}`,
      'The output does not fit its schema',
    )
  }
  const output = toOutputJson(validated.value)
  const bytes = Buffer.byteLength(output)
  if (bytes <= maxOutputBytes) return output
  throw new OutputRefused(
    `The output is ${bytes} bytes of JSON, more than maxOutputBytes (${maxOutputBytes}): ` +
      'store it and return its address',
  )
}

function toOutputJson(value: unknown): string {
  try {
    return toJson(value)
  } catch (error) {
    throw new OutputRefused(
      `The output must be JSON: ${describeError(error)}`,
      'The output must be JSON',
    )
  }
}

/** The answer to a call: JSON text, or a file. */
export async function toAnswer(returned: unknown, maxOutputBytes?: number): Promise<string | Blob> {
  return returned instanceof Blob ? returned : toOutput(undefined, returned, maxOutputBytes)
}

/**
 * A percentage from 0 to 100, made of any value, since callers may have no types: a report never
 * fails its run.
 */
export function toPercent(percent: unknown): number {
  return Math.min(100, Math.max(0, toNumber(percent) || 0))
}

function toNumber(value: unknown): number {
  try {
    return Number(value)
  } catch {
    return Number.NaN
  }
}

/**
 * A progress message, made of any value, since callers may have no types; `null` without one. A
 * value that cannot be text, such as a `Buffer`, is passed to `refuse`.
 */
export function toMessage(message: unknown, refuse: (why: string) => void): string | null {
  if (message === undefined || message === null) return null
  if (typeof message !== 'object' && typeof message !== 'function') {
    return toMessageText(String(message))
  }
  refuse(`a progress message must be text; this one is not shown: ${describeError(message)}`)
  return null
}
