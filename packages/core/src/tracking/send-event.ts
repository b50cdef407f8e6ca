import { workflowKind } from '../kinds/workflow-kind.ts'
import { requestOffered } from '../rpc/offers.ts'
import type { Answer } from '../rpc/request.ts'
import { copyArgs, refuseFiles } from '../rpc/sendable.ts'
import { createKey, isLost, noteSent, pauseAfter, type Sending } from './sending.ts'
import type { Tracking } from './tracking.ts'

/**
 * Sends an event to a workflow. When the answer is lost, the event is sent again under the same
 * key.
 * Handles of the workflow show the state that the server answers. Rejects with `RpcError`.
 *
 * @see PROTOCOL.md, "Events of a workflow"
 */
export async function sendEvent(
  { transport, registry }: Tracking,
  id: string,
  event: string,
  payload: unknown,
): Promise<void> {
  refuseFiles(payload, event)
  const path = `${workflowKind.toPath(id)}/events/${encodeURIComponent(event)}`
  // One key for all attempts: the server keeps the event once.
  const headers = { 'x-idempotency-key': createKey() }
  const sending: Sending = { token: null, lost: null }
  const onSent = (token: string | null | undefined): void => noteSent(sending, token)
  // Copied: the program may change its payload before the event is sent again.
  const body = { payload: copyArgs(payload) }
  const asked = { method: 'POST', path, body, headers, onSent } as const
  const send = async (attempt: number): Promise<Answer> => {
    try {
      return await requestOffered(transport, 'events', 'tell a workflow of events', asked)
    } catch (error) {
      // Once an answer was lost, later answers do not say what the server did with the first one.
      if (!isLost(error) || attempt >= transport.options.maxStartAttempts)
        throw sending.lost ?? error
      sending.lost ??= error
      await pauseAfter(transport, attempt, error)
      return send(attempt + 1)
    }
  }
  const { data } = await send(1)
  const snapshot = workflowKind.parse(data)
  if (!(snapshot instanceof Error)) {
    registry.dispatch('workflow', id, { type: 'updated', snapshot })
  }
}
