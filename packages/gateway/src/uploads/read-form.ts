import { once } from 'node:events'
import { join } from 'node:path'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import {
  isRecord,
  jsonPart,
  type NamedFile,
  parseJson,
  placeFiles,
  readPartName,
} from '@headway/core/protocol'
import { describeError } from '../describe-error.ts'
import { checkDepth } from '../json-depth.ts'
import {
  filesTooLarge,
  filesTooSlow,
  jsonPartNotObject,
  jsonPartTooLarge,
  misplacedPart,
  notMultipart,
  partRepeated,
  tooManyFiles,
} from '../refusals/uploads.ts'
import { feedForm } from './feed-form.ts'
import { saveFile } from './save-file.ts'
import type { UploadedFile } from './uploaded-file.ts'

/** The maximum size of the part with the arguments, in bytes. */
const maxJsonBytes = 1_048_576

/** The part of a request that a form is read from. */
export interface FormRequest {
  /** A header by its name in lower case; `null` when the request has none. */
  header(name: string): string | null
  /** The body in pieces. Throws an `HttpError` when something has read it already. */
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** The limits of one form. */
export interface Limits {
  maxBytes: number
  maxFileBytes: number
  maxFiles: number
  types: readonly string[]
  timeoutSecs: number
}

/**
 * The arguments of a call with files, each file written to `folder` as it arrives. Rejects with an
 * `HttpError` when the form is refused; nothing is written to `folder` after that.
 *
 * @see PROTOCOL.md, "Uploads"
 */
export async function readForm(
  request: FormRequest,
  folder: string,
  limits: Limits,
): Promise<Record<string, unknown>> {
  const form = createForm(request, limits)
  // Throws when the body was read already: before there is anything to end.
  const body = request.chunks()
  const stop = new AbortController()
  const files: Promise<NamedFile<UploadedFile>>[] = []
  let args: Record<string, unknown> = {}
  let refuse: (error: unknown) => void = () => undefined
  const refused = new Promise<never>((_, reject) => {
    refuse = (error) => {
      reject(error)
      stop.abort()
    }
  })
  const orRefuse = (take: () => void): void => {
    try {
      take()
    } catch (error) {
      refuse(error)
    }
  }
  form.on('error', (error: Error) => refuse(notMultipart(describeError(error))))
  form.on('fieldsLimit', () => refuse(partRepeated(jsonPart)))
  for (const limit of ['filesLimit', 'partsLimit'] as const) {
    form.on(limit, () => refuse(tooManyFiles(limits.maxFiles)))
  }
  form.on('field', (_name, text, _isNameCut, isCut) =>
    orRefuse(() => {
      args = readArgs(text, isCut)
    }),
  )
  form.on('file', (partName, bytes, fileName, _encoding, type) =>
    orRefuse(() => {
      // A refused part is not read to its end, and nothing else handles its errors.
      bytes.on('error', () => undefined)
      const place = readPartName(partName)
      if ('code' in place) throw misplacedPart(place)
      const path = join(folder, String(files.length))
      const part = { partName, fileName, type, bytes }
      const saving = saveFile(part, path, limits, stop.signal).then((file) => ({ partName, file }))
      saving.catch(refuse)
      files.push(saving)
    }),
  )
  const complete = once(form, 'finish', { signal: stop.signal }).then(() => Promise.all(files))
  const late = filesTooSlow(limits.timeoutSecs)
  const timer = setTimeout(() => refuse(late), limits.timeoutSecs * 1_000)
  feedForm(form, body, limits.maxBytes, stop.signal, refuse).catch(refuse)
  try {
    const named = await Promise.race([refused, complete])
    const placed = placeFiles(args, named)
    if ('code' in placed) throw misplacedPart(placed)
    return placed.args
  } finally {
    stop.abort()
    clearTimeout(timer)
    await Promise.allSettled(files)
  }
}

function createForm(request: FormRequest, { maxBytes, maxFiles }: Limits): BusboyInstance {
  const type = request.header('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) throw notMultipart(`Content-Type is "${type}"`)
  if (Number(request.header('content-length')) > maxBytes) throw filesTooLarge(maxBytes)
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: {
        fields: 1,
        fieldSize: maxJsonBytes,
        files: maxFiles,
        // One more, so that the file that is too many is met.
        parts: maxFiles + 2,
        headerPairs: 32,
        headerSize: 16_384,
      },
      isPartAFile: (name) => name !== jsonPart,
    })
  } catch (error) {
    throw notMultipart(describeError(error))
  }
}

function readArgs(text: string, isCut: boolean): Record<string, unknown> {
  if (isCut) {
    throw jsonPartTooLarge(jsonPart, maxJsonBytes)
  }
  checkDepth(Buffer.from(text))
  const args = parseJson(text)
  if (isRecord(args)) return args
  throw jsonPartNotObject(jsonPart)
}
