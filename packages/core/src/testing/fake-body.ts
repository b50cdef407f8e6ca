import { isRecord, parseJson } from '../protocol/json.ts'
import { jsonPart } from '../protocol/part-name.ts'
import { placeFiles } from '../protocol/place-files.ts'

/** The JSON of a request. For a form: `{ args }`, with the files placed in the arguments. */
export function readFakeBody(body: unknown): Record<string, unknown> {
  if (body instanceof FormData) return { args: argsOf(body) }
  const json = typeof body === 'string' ? parseJson(body) : {}
  return isRecord(json) ? json : {}
}

function argsOf(form: FormData): unknown {
  const json = parseJson(String(form.get(jsonPart) ?? '{}'))
  const files = [...form].flatMap(([partName, file]) =>
    typeof file === 'string' ? [] : [{ partName, file }],
  )
  const placed = placeFiles(isRecord(json) ? json : {}, files)
  if ('args' in placed) return placed.args
  throw new Error(`The fake gateway cannot read this form: ${placed.message}`)
}
