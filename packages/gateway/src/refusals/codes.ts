import { HttpError, type Refusal } from '../errors.ts'

/** The HTTP status of each code. @see PROTOCOL.md, "Envelopes" and "Uploads" */
export const statuses = {
  BAD_REQUEST: 400,
  DUPLICATE_FIELD: 400,
  INVALID_ARGUMENT: 400,
  INVALID_FIELD: 400,
  INVALID_FILENAME: 400,
  INVALID_ID: 400,
  INVALID_JOB_ID: 400,
  INVALID_JSON: 400,
  INVALID_SESSION: 400,
  INVALID_WORKFLOW_ID: 400,
  MIME_MISMATCH: 400,
  MULTIPART_ERROR: 400,
  TOKEN_IN_URL: 400,
  TOO_MANY_FIELDS: 400,
  VALIDATION_ERROR: 400,
  INVALID_SESSION_SECRET: 401,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  SESSION_PRINCIPAL_MISMATCH: 403,
  JOB_NOT_FOUND: 404,
  NOT_FOUND: 404,
  SESSION_NOT_FOUND: 404,
  SUBSCRIPTION_NOT_FOUND: 404,
  WORKFLOW_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_API_VERSION: 406,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  FILE_TOO_LARGE: 413,
  JSON_TOO_LARGE: 413,
  PAYLOAD_TOO_LARGE: 413,
  URI_TOO_LONG: 414,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE_ENTITY: 422,
  RATE_LIMITED: 429,
  TOO_MANY_EVENTS: 429,
  TOO_MANY_SESSIONS: 429,
  TOO_MANY_SUBSCRIPTIONS: 429,
  TOO_MANY_UPLOADS: 429,
  INTERNAL_ERROR: 500,
  SUBSCRIPTION_FAILED: 500,
  OUTCOME_UNKNOWN: 503,
  SERVICE_UNAVAILABLE: 503,
  SSE_AT_CAPACITY: 503,
  SSE_TICKET_CAPACITY: 503,
  TIMEOUT: 504,
} as const

/** A code of the gateway's own refusals. */
export type RefusalCode = keyof typeof statuses

/** The members of a refusal that only some have. */
type More = Omit<Refusal, 'status' | 'code'> & { cause?: unknown }

/** A refusal with the status of its code. */
export function refuse(
  code: RefusalCode,
  message: string,
  { cause, ...more }: More = {},
): HttpError {
  const options = cause === undefined ? undefined : { cause }
  return new HttpError(message, { status: statuses[code], code, ...more }, options)
}
