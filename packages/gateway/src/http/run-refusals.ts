import { HttpError } from '../errors.ts'
import type { Run } from '../runs/run-store.ts'

/** There is no such run of that kind. */
export function runNotFound(kind: Run['kind'], id: string): HttpError {
  const code = `${kind.toUpperCase()}_NOT_FOUND`
  return new HttpError(`There is no ${kind} ${id}`, { status: 404, code })
}

/** The id of a run must be a UUID. */
export function invalidRunId(kind: Run['kind']): HttpError {
  const code = `INVALID_${kind.toUpperCase()}_ID`
  return new HttpError(`The ${kind} id must be a UUID`, { status: 400, code })
}

/** The run is in a state that does not allow the request. */
export function conflict(message: string): HttpError {
  return new HttpError(message, { status: 409, code: 'CONFLICT' })
}

/** The output was reported, or kept by an earlier version, and no answer can hold it. */
export function outputTooLarge({ kind }: Pick<Run, 'kind'>): HttpError {
  return new HttpError(
    `The output of the ${kind} is too large to be sent: store it, and return where it is`,
    { status: 413, code: 'PAYLOAD_TOO_LARGE' },
  )
}
