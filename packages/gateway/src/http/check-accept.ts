import type { ApiRequest } from '../messages/api-request.ts'
import { notAcceptable } from '../refusals/requests.ts'

/** Throws 406 for a protocol version that calls do not have. @see PROTOCOL.md, "Envelopes" */
export function checkAccept(request: ApiRequest): void {
  const accept = request.header('accept') ?? ''
  if (accept === '' || /\*\/\*|application\/(vnd\.forge\.v1\+)?json/.test(accept)) return
  throw notAcceptable(accept)
}
