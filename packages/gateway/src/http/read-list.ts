import type { ListedRun } from '../lists/list-runs.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import type { Run } from '../runs/run-store.ts'
import { callQuery } from './call-query.ts'
import { readListPage } from './list-page.ts'
import { loadSnapshot } from './load-snapshot.ts'
import type { RouteCall } from './route.ts'

/** `GET /_api/runs`: one page of a list, with the state of each run, as JSON text. */
export async function readList(call: RouteCall): Promise<string> {
  const { context, asker, request, place } = call
  const page = await readListPage(context, asker, toFilter(request), async (query) => {
    const answer = await callQuery(context, query, place)
    return 'text' in answer ? answer.text : answer
  })
  const texts: string[] = []
  for (const { listed, state } of page.runs) texts.push(await withState(call, listed, state))
  return `{"runs":[${texts.join()}],"next":${JSON.stringify(page.next)}}`
}

/**
 * A run of the list with its state. A page of large outputs would fill the answer, so they are left
 * out.
 */
async function withState(
  { context, place }: RouteCall,
  run: ListedRun,
  state: Run,
): Promise<string> {
  const { text } = await loadSnapshot(context, place, 'headway', { ...state, isLarge: false })
  const large = state.isLarge ? ',"large_output":true' : ''
  return `${JSON.stringify(run).slice(0, -1)}${large},"snapshot":${text}}`
}

const several = new Set(['name', 'status'])

/**
 * The filter of a URL, as the query takes it. What does not fit is left for its schema to refuse.
 */
function toFilter({ url }: ApiRequest): Record<string, unknown> {
  const given = new URLSearchParams(url.split('?', 2)[1])
  const filter: Record<string, unknown> = {}
  for (const name of new Set(given.keys())) {
    const values = given.getAll(name)
    filter[name] = several.has(name) || values.length > 1 ? values : toMember(name, values[0])
  }
  return filter
}

function toMember(name: string, text = ''): unknown {
  if (name === 'limit') return text === '' ? text : Number(text)
  if (name === 'anyOwner' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
