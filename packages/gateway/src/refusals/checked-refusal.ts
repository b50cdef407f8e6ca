import { boundText } from '../bound-text.ts'
import { describeError, isInstance } from '../describe-error.ts'
import { HttpError, Refused } from '../errors.ts'
import { toJson } from '../postgres-text.ts'

/** The maximum length of `details`, in characters of JSON. */
const maxDetailsChars = 100_000

/**
 * A refusal that can be sent. Users' code throws refusals, too, and may put anything in them: a
 * status outside 400 to 599 becomes 422, and details that are not JSON, or too long, are left out.
 * Never throws.
 */
export function checkedRefusal(error: HttpError): HttpError {
  if (!isInstance(error, Refused)) return error
  const message = describeError(error)
  try {
    const { status, code, details } = error.refusal
    const isError = Number.isInteger(status) && status >= 400 && status < 600
    const kept = toDetails(details)
    return new HttpError(message, {
      status: isError ? status : 422,
      code: typeof code === 'string' ? boundText(code, 100) : 'REFUSED',
      ...(kept !== undefined && { details: kept }),
    })
  } catch {
    return new HttpError(message, { status: 422, code: 'REFUSED' })
  }
}

function toDetails(details: unknown): unknown {
  if (details === undefined) return undefined
  try {
    const text = toJson(details)
    return text.length <= maxDetailsChars ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}
