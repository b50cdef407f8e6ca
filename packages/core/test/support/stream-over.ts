import type { Observable } from 'rxjs'
import { fromEventStream, type StreamRequest } from '../../src/connection/event-stream.ts'
import { resolveOptions } from '../../src/options.ts'
import { createCapabilities } from '../../src/rpc/capabilities.ts'

const token = {
  ask: async () => null,
  renew: async () => null,
  change: async () => null,
  close: () => undefined,
}

/** Carries no items. */
export const emptyRequest: StreamRequest = {
  isCarrying: true,
  onSent: () => undefined,
  takeItems: () => [],
  onCarried: () => undefined,
}

/** A stream over this `fetch`, of a client without a token. */
export function streamOver(
  fetch: () => Promise<Response>,
  onFrame: (event: string, data: string) => void = () => undefined,
): Observable<void> {
  const transport = {
    options: resolveOptions({ url: 'http://fake', fetch }),
    token,
    capabilities: createCapabilities(),
    isClosed: () => false,
    pending: new Set<never>(),
  }
  return fromEventStream(transport, emptyRequest, onFrame)
}
