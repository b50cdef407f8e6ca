import type { StandardSchemaV1 } from '@standard-schema/spec'
import { validate } from '../app/validate.ts'
import { toJson } from './postgres-text.ts'

/** How large an output may be where the app does not say, in bytes of JSON. */
export const defaultMaxOutputBytes = 1_048_576

/** What a run returned, as it is kept. Throws when it does not fit, is not JSON, or is too much for everybody who watches. */
export async function toOutput(
  schema: StandardSchemaV1<unknown, unknown> | undefined,
  returned: unknown,
  maxOutputBytes: number = defaultMaxOutputBytes,
): Promise<string> {
  const validated = await validate(schema, returned)
  if (!('value' in validated)) throw new Error(`The output does not fit${validated.message}`)
  const output = toJson(validated.value)
  const bytes = Buffer.byteLength(output)
  if (bytes <= maxOutputBytes) return output
  throw new Error(
    `The output is ${bytes} bytes of JSON, more than maxOutputBytes (${maxOutputBytes}): store it, and return where it is`,
  )
}

/** What a call returned, as it is answered: JSON text, or a file. */
export async function toAnswer(returned: unknown, maxOutputBytes?: number): Promise<string | Blob> {
  return returned instanceof Blob ? returned : toOutput(undefined, returned, maxOutputBytes)
}

/** A percentage, 0 to 100, of whatever a caller without types hands over: a report never fails its run. */
export function toPercent(percent: unknown): number {
  return Math.min(100, Math.max(0, Math.round(Number(percent)) || 0))
}
