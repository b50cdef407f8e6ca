import { refuseFiles } from '../rpc/files.ts'
import { requestOffered } from '../rpc/offers.ts'
import { kinds } from './kinds.ts'
import { createKey } from './start.ts'
import type { Tracking } from './tracked-run.ts'

/**
 * Tells a workflow that something has happened; what the server says it is then, whoever follows it sees.
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
  const { data } = await requestOffered(api, 'events', 'tell a workflow of events', {
    method: 'POST',
    path: `${snapshotPath(id)}/events/${encodeURIComponent(event)}`,
    body: { payload },
    // Kept once, should anything on the way send it twice.
    headers: { 'x-idempotency-key': createKey() },
  })
  const snapshot = parse(data, undefined)
  if (!(snapshot instanceof Error)) {
    registry.dispatch('workflow', id, { type: 'updated', snapshot })
  }
}
