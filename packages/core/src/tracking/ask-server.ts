import type { RunKind } from '../kinds/run-kind.ts'
import { requestOffered } from '../rpc/offers.ts'
import type { Transport } from '../rpc/transport.ts'

/** A request about one run. The capability that a server needs has the same name. */
export type RunRequest = 'cancel' | 'retry'

/**
 * Sends a request about a run. Returns the snapshot of the run after it; `null` when the answer has
 * none. Rejects with `RpcError`: `UNSUPPORTED` when the server does not offer it.
 */
export async function askServer(
  transport: Transport,
  { kind, id, verb, body }: { kind: RunKind; id: string; verb: RunRequest; body: object },
): Promise<unknown> {
  const asked = { method: 'POST', path: `${kind.toPath(id)}/${verb}`, body } as const
  const { data } = await requestOffered(transport, verb, `${verb} a ${kind.name}`, asked)
  const snapshot = kind.parse(data)
  return snapshot instanceof Error ? null : snapshot
}
