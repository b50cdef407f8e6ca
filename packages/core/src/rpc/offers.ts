import { RpcError } from '../errors.ts'
import type { Capability } from '../protocol/server-event.ts'
import { type Answer, type ApiRequest, request } from './request.ts'
import type { Transport } from './transport.ts'

/**
 * True if the server has this capability. Asks `/health` while that is unknown. Rejects with
 * `RpcError` when no answer comes, or only one of a proxy.
 */
export async function isOffered(transport: Transport, capability: Capability): Promise<boolean> {
  const { capabilities } = transport
  if (capabilities.has(capability) === undefined) {
    await request(transport, { method: 'GET', path: '/health' }).catch((error: unknown) => {
      // Other statuses are answers of the server, which may lack this path.
      const status = error instanceof RpcError ? error.status : null
      if (status === null || status >= 500 || status === 429) throw error
    })
  }
  return capabilities.has(capability) === true
}

/**
 * Sends a request that needs a capability. Rejects with an `RpcError` of the code `UNSUPPORTED` if
 * the server lacks it: without a request if that is known, else after a "no such path" answer.
 *
 * @param action the action for the error message, such as "cancel a job"
 */
export async function requestOffered(
  transport: Transport,
  capability: Capability,
  action: string,
  apiRequest: ApiRequest,
): Promise<Answer> {
  const refuse = (cause?: unknown): never => {
    const message = `This server cannot ${action}: it does not offer "${capability}"`
    throw new RpcError(message, { code: 'UNSUPPORTED' }, { cause })
  }
  if (transport.capabilities.has(capability) === false) refuse()
  return request(transport, apiRequest).catch((error: unknown) => {
    throw isNoRoute(error) && !transport.capabilities.has(capability) ? refuse(error) : error
  })
}

/** True if the server has no such path. An unknown run has another code. */
export function isNoRoute(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false
  const { status, code } = error
  return status === 405 || (status === 404 && (code === 'NOT_FOUND' || code === 'HTTP_404'))
}
