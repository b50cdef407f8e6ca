import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Envelope, ErrorBody } from '@headway/core/protocol'
import type { Refusal } from '../errors.ts'

/** Which shape an answer has: A for calls, B for the subscribe family, C bare. @see PROTOCOL.md, "Envelopes" */
export type Shape = 'A' | 'B' | 'C'

/** An answer before it is written. */
export type Answer =
  /** Success, in the route's envelope. */
  | { type: 'data'; data?: unknown }
  /** JSON as it is. */
  | { type: 'bare'; status: number; body: unknown }

/** On every answer: nothing here is a page, and nothing may be kept. */
const commonHeaders: Record<string, string> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

/** The headers of an event stream: `X-Accel-Buffering` tells nginx to pass bytes on as they come. */
export const streamHeaders: Record<string, string> = {
  ...commonHeaders,
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}

/** Writes what went well. `afterwards` is called when it is handed to the system. */
export function respond(
  response: ServerResponse,
  shape: Shape,
  answer: Answer,
  afterwards?: () => void,
): void {
  if (answer.type === 'bare') return writeJson(response, answer.status, answer.body, {}, afterwards)
  const envelope: Envelope<unknown> = { success: true }
  if ('data' in answer) envelope.data = answer.data ?? null
  writeEnvelope(response, shape, 200, envelope, {}, afterwards)
}

/** Writes a refusal in the route's shape. */
export function refuse(
  response: ServerResponse,
  shape: Shape,
  message: string,
  refusal: Refusal,
): void {
  const { status, retryAfterSecs, allow } = refusal
  const error = toErrorBody(message, refusal)
  const headers = {
    ...(retryAfterSecs !== undefined && { 'Retry-After': String(retryAfterSecs) }),
    ...(allow !== undefined && { Allow: allow }),
  }
  if (shape === 'C') writeJson(response, status, error, headers)
  else writeEnvelope(response, shape, status, { success: false, error }, headers)
}

/** A refusal as the wire has it; members that say nothing are left out. */
export function toErrorBody(message: string, refusal: Refusal): ErrorBody {
  const { code, retryAfterSecs, details } = refusal
  return {
    code,
    message,
    ...(retryAfterSecs !== undefined && { retry_after_secs: retryAfterSecs }),
    ...(details !== undefined && { details }),
  }
}

function writeEnvelope(
  response: ServerResponse,
  shape: Shape,
  status: number,
  envelope: Envelope<unknown>,
  headers: Record<string, string>,
  afterwards?: () => void,
): void {
  if (shape !== 'A') return writeJson(response, status, envelope, headers, afterwards)
  const id = randomUUID()
  const body = { ...envelope, request_id: id }
  writeJson(response, status, body, { ...headers, 'X-Request-Id': id }, afterwards)
}

function writeJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string>,
  afterwards?: () => void,
): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, {
    ...commonHeaders,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(bytes, afterwards)
}
