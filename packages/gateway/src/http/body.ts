import { isRecord } from '@headway/core/protocol'
import { HttpError } from '../errors.ts'
import type { ApiRequest } from './api-request.ts'
import type { BodyPlace } from './body-room.ts'

/** How many objects and lists may be one in the other. */
const maxDepth = 64

const [quote, backslash] = [0x22, 0x5c]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * The JSON object a request carries. Throws an {@link HttpError}: 415 when it is not declared as
 * JSON (which a page of another origin cannot do unasked), 413, 400 when it is none or nested too deep, 422 when it is
 * JSON but no object, 503 when there is no room for it.
 */
export async function readBody(
  request: ApiRequest,
  maxBytes: number,
  place: BodyPlace,
): Promise<Record<string, unknown>> {
  const type = request.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new HttpError(`The body is declared as "${type}": send application/json`, {
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    })
  }
  const bytes = await readBytes(request, maxBytes, place)
  checkDepth(bytes)
  const body = parse(bytes)
  if (isRecord(body)) return body
  throw new HttpError('The body is no JSON object', { status: 422, code: 'UNPROCESSABLE_ENTITY' })
}

/** A member that must be a string. */
export function readString(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value === 'string') return value
  throw new HttpError(`"${name}" is missing or no string`, {
    status: 422,
    code: 'UNPROCESSABLE_ENTITY',
  })
}

async function readBytes(request: ApiRequest, maxBytes: number, place: BodyPlace): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.chunks()) {
    length += chunk.length
    if (length > maxBytes) {
      throw new HttpError(`The body is larger than ${maxBytes} bytes`, {
        status: 413,
        code: 'PAYLOAD_TOO_LARGE',
      })
    }
    place.take(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Refuses JSON text, as bytes, that is nested so deep that whoever walks it may run out of stack. */
export function checkDepth(bytes: Buffer): void {
  let depth = 0
  let isInString = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (isInString) {
      if (byte === backslash) at += 1
      else if (byte === quote) isInString = false
    } else if (byte === quote) isInString = true
    else if (byte === openBrace || byte === openBracket) depth += 1
    else if (byte === closeBrace || byte === closeBracket) depth -= 1
    if (depth > maxDepth) {
      throw new HttpError(`The body is nested deeper than ${maxDepth}`, {
        status: 400,
        code: 'BAD_REQUEST',
      })
    }
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new HttpError('The body is not JSON', { status: 400, code: 'BAD_REQUEST' })
  }
}
