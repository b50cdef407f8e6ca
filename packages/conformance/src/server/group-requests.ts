import { isRecord } from '@headway/core/protocol'
import { type Answered, dataOf, post, toJobId } from '../wire/api.ts'
import { idsOf, readList } from './list-requests.ts'
import type { Wire } from './wire-fixture.ts'

/** Items of the job `scripted`. */
export function itemsOf(count: number, labels: (index: number) => object = () => ({})): object[] {
  return Array.from({ length: count }, (_, index) => ({ args: null, ...labels(index) }))
}

/** Starts a group of the job `scripted`, and returns its id. */
export async function startGroup(wire: Wire, body: object, key?: string): Promise<string> {
  const headers: Record<string, string> = key === undefined ? {} : { 'x-idempotency-key': key }
  return toJobId(dataOf(await post(wire.server.url, '/rpc/scripted/many', body, headers)))
}

/** Starts a group of this many children. Returns its id and theirs. */
export async function startOf(
  wire: Wire,
  count: number,
  body: object = {},
): Promise<{ id: string; children: string[] }> {
  const id = await startGroup(wire, { items: itemsOf(count), ...body })
  return { id, children: await childrenOf(wire, id) }
}

/** Adds to a group. */
export function add(wire: Wire, id: string, body: object): Promise<Answered> {
  return post(wire.server.url, `/jobs/${id}/children`, body)
}

/** The ids of the children of a run, in the order of the list. */
export async function childrenOf(wire: Wire, parent: string): Promise<string[]> {
  return idsOf(await readList(wire.server.url, { parent, limit: 200 })).map(String)
}

/** The status, the code and the details of a refusal. */
export function refusalOf({ status, body }: Answered): unknown[] {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {}
  return [status, error.code, error.details]
}
