import { randomUUID } from 'node:crypto'
import {
  capabilities,
  capabilitiesHeader,
  type Envelope,
  type ErrorBody,
  encodeCapabilities,
} from '@headway/core/protocol'
import { describeError } from '../describe-error.ts'
import type { HttpError } from '../errors.ts'
import type { Batch } from '../streams/batch.ts'

/**
 * The shape of an answer: A for calls, B for the subscribe family, C bare. @see PROTOCOL.md,
 * "Envelopes"
 */
export type Shape = 'A' | 'B' | 'C'

/** An answer that each kind of server can write. */
export type Reply =
  /**
   * `settled` is called once: with `true` when the answer is out, or about to be, and with `false`
   * when it is given up. `closed` is called after that.
   */
  | {
      type: 'whole'
      status: number
      headers: Headers
      body: string
      settled?: (isSent: boolean) => void
      closed?: () => void
    }
  /** A file, unchanged. */
  | { type: 'file'; status: 200; headers: Headers; file: Blob }
  /** An event stream; `open` gets the sink to write to. */
  | { type: 'stream'; headers: Headers; open: (sink: Sink) => StreamListener }

/** Header names and values. */
type Headers = Record<string, string>

/** The receiving end of a stream. */
export interface Sink {
  /** `false` asks to wait for `drained`. */
  write(batch: Batch): boolean
  /** Ends the stream if its reader takes nothing for a minute; `false`: no longer. */
  expectReading?(isExpected: boolean): void
  end(): void
}

/** The callbacks of a stream. */
export interface StreamListener {
  /** The reader has caught up. */
  drained(): void
  /** The stream has ended on either side. Called once. */
  closed(): void
}

/**
 * The headers of every answer: the capabilities of the server, and rules for browsers, since no
 * answer is a page.
 */
const commonHeaders: Headers = {
  [capabilitiesHeader]: encodeCapabilities(capabilities),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
}

const jsonHeaders: Headers = {
  ...commonHeaders,
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
}

/** The headers of an event stream: `X-Accel-Buffering` makes nginx forward each byte at once. */
export const streamHeaders: Headers = {
  ...commonHeaders,
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
}

/** Success, in the route's envelope; without `data` where there is nothing to say. */
export function succeed(shape: Shape, data?: unknown): Reply {
  const envelope: Envelope<unknown> = {
    success: true,
    ...(data !== undefined && { data }),
  }
  return inEnvelope(shape, 200, envelope, {})
}

/** A request that another gateway answers, in the stream of its session. */
export function accept(): Reply {
  return bare(202, { success: true, data: null } satisfies Envelope<null>)
}

/** The members beside `data`: a query's result has a revision, a run's snapshot the time. */
interface Beside {
  readonly revision?: number | undefined
  readonly now?: number
}

/** The same for data that is JSON text already. */
export function succeedWith(
  shape: Shape,
  text: string,
  settled?: (isSent: boolean) => void,
  { revision, now }: Beside = {},
): Reply {
  const id = shape === 'A' ? randomUUID() : null
  const numbered = revision === undefined ? '' : `,"revision":${revision}`
  const timed = now === undefined ? '' : `,"now":${now}`
  const named = id === null ? '' : `,"request_id":"${id}"`
  const headers = { ...jsonHeaders, ...(id !== null && { 'X-Request-Id': id }) }
  const body = `{"success":true,"data":${text}${numbered}${timed}${named}}`
  return { type: 'whole', status: 200, headers, body, ...(settled && { settled }) }
}

/** [PROTOCOL.md, "Answers that are files"] never a page of ours, whatever it holds */
export function answerFile(file: Blob): Reply {
  const name = file instanceof File ? `; filename*=UTF-8''${toExtValue(file.name)}` : ''
  const headers = {
    ...commonHeaders,
    'Content-Type': file.type || 'application/octet-stream',
    'Content-Disposition': `attachment${name}`,
    'Cache-Control': 'no-store',
    'X-Headway-Answer': 'blob',
  }
  return { type: 'file', status: 200, headers, file }
}

/** [RFC 8187, 3.2.1] `encodeURIComponent` leaves some characters that must be escaped here. */
function toExtValue(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, toPercentEscape)
}

function toPercentEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** JSON without an envelope. */
export function bare(status: number, body: unknown, headers: Headers = {}): Reply {
  const text = JSON.stringify(body)
  return { type: 'whole', status, headers: { ...jsonHeaders, ...headers }, body: text }
}

/**
 * Releases an answer without a receiver. A stream has to be opened and closed, or its session would
 * stay.
 */
export function abandon(reply: Reply): void {
  if (reply.type === 'whole') {
    reply.settled?.(false)
    reply.closed?.()
  }
  if (reply.type === 'stream') reply.open({ write: () => true, end: () => undefined }).closed()
}

/** Text that is not for browsers. */
export function text(contentType: string, body: string): Reply {
  const headers = { ...commonHeaders, 'Content-Type': contentType, 'Cache-Control': 'no-store' }
  return { type: 'whole', status: 200, headers, body }
}

/** A refusal, in the route's shape. */
export function refuse(shape: Shape, refused: HttpError): Reply {
  const { status, retryAfterSecs, allow } = refused.refusal
  const error = toErrorBody(refused)
  const headers = {
    ...(retryAfterSecs !== undefined && { 'Retry-After': String(retryAfterSecs) }),
    ...(allow !== undefined && { Allow: allow }),
  }
  if (shape === 'C') return bare(status, error, headers)
  return inEnvelope(shape, status, { success: false, error }, headers)
}

/** A refusal as the wire has it; members that say nothing are left out. */
export function toErrorBody(refused: HttpError): ErrorBody {
  const { code, retryAfterSecs, details } = refused.refusal
  return {
    code,
    // The message of a schema may have any length.
    message: describeError(refused),
    ...(retryAfterSecs !== undefined && { retry_after_secs: retryAfterSecs }),
    ...(details !== undefined && { details }),
  }
}

function inEnvelope(
  shape: Shape,
  status: number,
  envelope: Envelope<unknown>,
  headers: Headers,
): Reply {
  if (shape !== 'A') return bare(status, envelope, headers)
  const id = randomUUID()
  return bare(status, { ...envelope, request_id: id }, { ...headers, 'X-Request-Id': id })
}
