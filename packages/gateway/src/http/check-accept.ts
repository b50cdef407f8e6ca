import { HttpError } from '../errors.ts'
import type { ApiRequest } from '../messages/api-request.ts'

/** Throws 406 for a protocol version that calls do not have. @see PROTOCOL.md, "Envelopes" */
export function checkAccept(request: ApiRequest): void {
  const accept = request.header('accept') ?? ''
  if (accept === '' || /\*\/\*|application\/(vnd\.forge\.v1\+)?json/.test(accept)) return
  throw new HttpError(`There is no "${accept}" here: accept application/json`, {
    status: 406,
    code: 'UNSUPPORTED_API_VERSION',
  })
}
