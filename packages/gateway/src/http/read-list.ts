import { parseJson } from '@headway/core/protocol'
import type { ListedRun, RunList } from '../lists/list-runs.ts'
import { listName } from '../lists/runs-query.ts'
import type { ApiRequest } from '../messages/api-request.ts'
import { queryNotFound } from '../refusals/functions.ts'
import type { Run } from '../runs/run-store.ts'
import { callQuery } from './call-query.ts'
import { loadSnapshot } from './load-snapshot.ts'
import type { RouteCall } from './route.ts'
import { parseArgs } from './rpc.ts'

/** `GET /_api/runs`: one page of a list, with the state of each run, as JSON text. */
export async function readList(call: RouteCall): Promise<string> {
  const { context, asker, request, place } = call
  const found = context.guard.find(asker, listName)
  if (found.kind !== 'query') throw queryNotFound(listName)
  const { definition } = found
  const args = toFilter(request)
  const input = await parseArgs(definition, args)
  const query = { name: listName, definition, principal: asker.principal, args, input }
  const answer = await callQuery(context, query, place)
  if (answer instanceof Blob) throw queryNotFound(listName)
  const { runs, next } = parseJson(answer.text) as RunList
  const states = await context.store.read(runs.map(({ id }) => id))
  const texts: string[] = []
  for (const run of runs) {
    const state = states.get(run.id)
    // It may have been removed in between.
    if (state) texts.push(await withState(call, run, state))
  }
  return `{"runs":[${texts.join()}],"next":${JSON.stringify(next)}}`
}

/** A run of the list with its state. A page of large outputs would fill the answer: they are left out. */
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

/** The filter of a URL, as the query takes it. What does not fit is left for its schema to refuse. */
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
