import type { Api } from '../rpc/authorized-fetch.ts'
import { requestOffered } from '../rpc/offers.ts'
import { kinds } from './kinds.ts'

/** What a server can be asked to do with a run; the name of the capability, too. */
export type AskVerb = 'cancel' | 'retry'

/**
 * Asks the server to do something with a run, and returns the snapshot of what it is then; `null` when the answer is
 * none. Rejects with `RpcError`: `UNSUPPORTED` where the server cannot.
 */
export async function askServer(
  api: Api,
  { kind, id, verb, body }: { kind: 'job' | 'workflow'; id: string; verb: AskVerb; body: object },
): Promise<unknown> {
  const { snapshotPath, parse } = kinds[kind]
  const path = `${snapshotPath(id)}/${verb}`
  const { data } = await requestOffered(api, verb, `${verb} a ${kind}`, {
    method: 'POST',
    path,
    body,
  })
  const snapshot = parse(data, undefined)
  return snapshot instanceof Error ? null : snapshot
}
