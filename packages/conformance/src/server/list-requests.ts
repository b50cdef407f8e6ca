import { isRecord } from '@headway/core/protocol'
import { dataOf, get, post } from '../wire/api.ts'

/** The query whose result is a list of runs. */
export const runsQuery = 'headway.runs'

/** A page of a list, as it came. */
export interface ListPage {
  runs: Record<string, unknown>[]
  next: string | null
}

/** One page of `GET /_api/runs`. Throws if it is refused. */
export async function readList(url: string, filter: object): Promise<ListPage> {
  return toPage(dataOf(await get(url, pathOf(filter))))
}

/** One call of the query `headway.runs`. Throws if it is refused. */
export async function callList(url: string, filter: object): Promise<ListPage> {
  return toPage(dataOf(await post(url, `/rpc/${runsQuery}`, { args: filter })))
}

/** The path of a page. A member with several values is given several times. */
export function pathOf(filter: object): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    for (const one of [value].flat()) params.append(name, String(one))
  }
  return `/runs?${params}`
}

export function idsOf({ runs }: ListPage): unknown[] {
  return runs.map(({ id }) => id)
}

/** Throws for data that is not a page. */
export function toPage(data: unknown): ListPage {
  const isPage = isRecord(data) && Array.isArray(data.runs) && data.runs.every(isRecord)
  if (isPage && (data.next === null || typeof data.next === 'string')) {
    return { runs: data.runs as ListPage['runs'], next: data.next }
  }
  throw new Error(`Not a page of a list: ${JSON.stringify(data)}`)
}
