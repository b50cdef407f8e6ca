import { backoffDelay } from '../connection/backoff.ts'
import type { RpcError } from '../errors.ts'
import { refuseFiles } from '../rpc/files.ts'
import { requestOffered } from '../rpc/offers.ts'
import { isSamePrincipal } from '../rpc/principal.ts'
import { type Answer, pause } from '../rpc/request.ts'
import { kinds } from './kinds.ts'
import { createKey, isLost } from './start.ts'
import type { Tracking } from './tracked-run.ts'

/**
 * Tells a workflow that something has happened, again under the same key when the answer was lost; what the server
 * says it is then, whoever follows it sees. Rejects with `RpcError`.
 *
 * @see PROTOCOL.md, "Events of a workflow"
 */
export async function sendEvent(
  { api, registry }: Tracking,
  id: string,
  event: string,
  payload: unknown,
): Promise<void> {
  refuseFiles(payload, event)
  const { snapshotPath, parse } = kinds.workflow
  const path = `${snapshotPath(id)}/events/${encodeURIComponent(event)}`
  // Kept once, however often it is sent.
  const headers = { 'x-idempotency-key': createKey() }
  const { options } = api
  let sentWith: string | null = null
  const send = async (attempt: number, lost: RpcError | null): Promise<Answer> => {
    const onSent = (token: string | null | undefined): void => {
      // What one user has said is not said again in the name of another.
      if (token !== undefined && lost && !isSamePrincipal(sentWith, token)) throw lost
      if (token !== undefined) sentWith = token
    }
    const asked = { method: 'POST', path, body: { payload }, headers, onSent } as const
    try {
      return await requestOffered(api, 'events', 'tell a workflow of events', asked)
    } catch (error) {
      // Once an answer was lost, whatever comes after it says nothing of what the server did then.
      if (!isLost(error) || attempt >= options.maxStartAttempts) throw lost ?? error
      const { retryAfterMs } = error
      const chance = options.random()
      await pause(api, backoffDelay({ cause: 'network', attempt, chance, retryAfterMs }))
      return send(attempt + 1, lost ?? error)
    }
  }
  const { data } = await send(1, null)
  const snapshot = parse(data, undefined)
  if (!(snapshot instanceof Error)) {
    registry.dispatch('workflow', id, { type: 'updated', snapshot })
  }
}
