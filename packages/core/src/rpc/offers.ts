import { RpcError } from '../errors.ts'
import type { Capability } from '../protocol/server-event.ts'
import { type Answer, type ApiRequest, request } from './request.ts'
import type { Transport } from './transport.ts'

/**
 * Whether the server can do something beyond Forge 0.10: as it has said, else it is asked. Rejects with
 * `RpcError` when no answer comes, or only that of something on the way.
 */
export async function isOffered(transport: Transport, capability: Capability): Promise<boolean> {
  const { capabilities } = transport
  if (capabilities.has(capability) === undefined) {
    await request(transport, { method: 'GET', path: '/health' }).catch((error: unknown) => {
      // A server without this path, or whose answer is no envelope, has answered.
      const status = error instanceof RpcError ? error.status : null
      if (status === null || status >= 500 || status === 429) throw error
    })
  }
  return capabilities.has(capability) === true
}

/**
 * A request that takes an extension of the server's. Where the server is known to lack it, nothing is sent; where
 * nothing is known, its answer tells. Rejects with `RpcError` of the code `UNSUPPORTED` then.
 *
 * @param what what the server is asked to do, as in "cancel a job"
 */
export async function requestOffered(
  transport: Transport,
  capability: Capability,
  what: string,
  asked: ApiRequest,
): Promise<Answer> {
  const refuse = (cause?: unknown): never => {
    const message = `This server cannot ${what}: it does not offer "${capability}"`
    throw new RpcError(message, { code: 'UNSUPPORTED' }, { cause })
  }
  if (transport.capabilities.has(capability) === false) refuse()
  return request(transport, asked).catch((error: unknown) => {
    throw isNoRoute(error) && !transport.capabilities.has(capability) ? refuse(error) : error
  })
}

/** Whether there is nothing at the path, which is not the same as no run of this id. */
export function isNoRoute(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false
  const { status, code } = error
  return status === 405 || (status === 404 && (code === 'NOT_FOUND' || code === 'HTTP_404'))
}
