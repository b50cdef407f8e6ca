import { isRecord } from '@headway/core/protocol'
import { checkDepth } from '../json-depth.ts'
import {
  bodyNotJson,
  bodyNotObject,
  bodyTooLarge,
  notDeclaredAsJson,
  wrongMember,
} from '../refusals/requests.ts'
import type { ApiRequest } from './api-request.ts'
import type { BodyPlace } from './body-room.ts'

/**
 * The JSON object in the body of a request. Throws an {@link HttpError}: 415 when it is not
 * declared as JSON (pages of other origins cannot declare that without a preflight), 413 when it is
 * too large, 400 when it is not JSON or nested too deep, 422 when it is not an object, 503 when
 * there is no room for it.
 */
export async function readBody(
  request: ApiRequest,
  maxBytes: number,
  place: BodyPlace,
): Promise<Record<string, unknown>> {
  const type = request.header('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw notDeclaredAsJson(type)
  }
  const bytes = await readBytes(request, maxBytes, place)
  checkDepth(bytes)
  const body = parse(bytes)
  if (isRecord(body)) return body
  throw bodyNotObject()
}

/** A member that must be a string. */
export function readString(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value === 'string') return value
  throw wrongMember(name, 'must be a string')
}

async function readBytes(request: ApiRequest, maxBytes: number, place: BodyPlace): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.chunks()) {
    length += chunk.length
    if (length > maxBytes) throw bodyTooLarge(maxBytes)
    place.take(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw bodyNotJson()
  }
}
