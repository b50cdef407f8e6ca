import type { RunKind } from '../kinds/run-kind.ts'
import { requestOffered } from '../rpc/offers.ts'
import type { Transport } from '../rpc/transport.ts'

/** What a server can be asked to do with a run; the name of the capability, too. */
export type AskVerb = 'cancel' | 'retry'

/**
 * Asks the server to do something with a run, and returns the snapshot of what it is then; `null` when the answer is
 * none. Rejects with `RpcError`: `UNSUPPORTED` where the server cannot.
 */
export async function askServer(
  transport: Transport,
  { kind, id, verb, body }: { kind: RunKind; id: string; verb: AskVerb; body: object },
): Promise<unknown> {
  const asked = { method: 'POST', path: `${kind.toPath(id)}/${verb}`, body } as const
  const { data } = await requestOffered(transport, verb, `${verb} a ${kind.name}`, asked)
  const snapshot = kind.parse(data)
  return snapshot instanceof Error ? null : snapshot
}
