import { HttpError } from '../errors.ts'

/** Why an upload is refused. @see PROTOCOL.md, "Uploads" */
const statuses = {
  MULTIPART_ERROR: 400,
  INVALID_JSON: 400,
  INVALID_FIELD: 400,
  DUPLICATE_FIELD: 400,
  TOO_MANY_FIELDS: 400,
  INVALID_FILENAME: 400,
  MIME_MISMATCH: 400,
  JSON_TOO_LARGE: 413,
  FILE_TOO_LARGE: 413,
  PAYLOAD_TOO_LARGE: 413,
  REQUEST_TIMEOUT: 408,
} as const

/** A refusal of an upload. */
export function refuseUpload(code: keyof typeof statuses, message: string): HttpError {
  return new HttpError(message, { status: statuses[code], code })
}
