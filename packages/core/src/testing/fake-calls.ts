import { runsQuery } from '../protocol/runs-page.ts'
import { type Capability, capabilities } from '../protocol/server-event.ts'
import type { JobSnapshot } from '../protocol/snapshots.ts'
import { type FakeHandler, isRefusal, type Refusal, refusals, success } from './fake-answers.ts'
import type { FakeGatewayOptions, FakeLabels, FakeRun } from './fake-gateway-api.ts'
import type { FakeLists } from './fake-lists.ts'
import { cancelledFields, type createFakeRuns } from './fake-runs.ts'

/** The parts of a fake gateway that its calls use. */
interface Calling {
  options: FakeGatewayOptions
  runs: ReturnType<typeof createFakeRuns>
  /** The revision of query results; `undefined` without revisions. */
  queryRevision: () => number | undefined
  queries: Record<string, (args: unknown) => unknown>
  /** `null` without the capability. */
  lists: FakeLists | null
  /** Creates a run, and pushes the lists that have it now. */
  create(kind: 'job' | 'workflow', labels: FakeLabels): string
  /** Updates a run and pushes it. */
  update(id: string, fields: Partial<FakeRun>): void
}

/** The handlers of calls, and the runs that calls have started. */
export interface FakeCalls {
  handlers: Record<string, FakeHandler>
  /** The id of the last run that `name` started. Throws if there is none. */
  last(name: string): string
}

/** The calls of a fake gateway: remote functions, and reading and changing runs. */
export function createFakeCalls({
  options,
  runs,
  queryRevision,
  queries,
  lists,
  create,
  update,
}: Calling): FakeCalls {
  const { mutations = {}, workflows = [], now = Date.now } = options
  const offered: readonly Capability[] = options.capabilities ?? capabilities
  const lastOf = new Map<string, string>()
  const byKey = new Map<string, string>()

  const find = (group: string, id: string): FakeRun | Refusal =>
    group === 'jobs'
      ? (runs.find('job', id) ?? refusals.noJob)
      : (runs.find('workflow', id) ?? refusals.noWorkflow)

  const start = (
    name: string,
    key: string | null,
    { title, tags }: Record<string, unknown>,
  ): unknown => {
    const isWorkflow = workflows.includes(name)
    if (name === runsQuery) return refusals.noFunction
    if (!isTitle(title) || !areTags(tags)) return refusals.badLabels
    if (options.jobs && !isWorkflow && !options.jobs.includes(name)) return refusals.noFunction
    const isKeyed = key !== null && offered.includes('idempotent-start')
    const kind = isWorkflow ? 'workflow' : 'job'
    const keyed = isKeyed ? (byKey.get(`${name} ${key}`) ?? '') : ''
    // A key lasts as long as its run.
    const known = runs.find(kind, keyed) && keyed
    const labels = { name, ...(title && { title }), ...(tags && { tags }) }
    const id = known ?? create(kind, labels)
    if (isKeyed) byKey.set(`${name} ${key}`, id)
    lastOf.set(name, id)
    return isWorkflow ? { workflow_id: id } : { job_id: id }
  }

  /** A query's result with the revision from before it was read. */
  const read = async (query: (args: unknown) => unknown, args: unknown): Promise<unknown> => {
    const revision = queryRevision()
    const data = await query(args)
    return revision === undefined || isWhole(data) ? data : success({ data, revision })
  }
  const handlers: Record<string, FakeHandler> = {
    'POST /rpc/([^/]+)(?:/upload)?': ([name = ''], { body, headers }) => {
      const query = queries[name]
      if (query) return read(query, body.args)
      const mutation = mutations[name]
      return mutation ? mutation(body.args) : start(name, headers.get('x-idempotency-key'), body)
    },
    'GET /(jobs|workflows)/([^/]+)': ([group = '', id = '']) =>
      offered.includes('get') ? find(group, id) : refusals.noRoute,
    'POST /(jobs|workflows)/([^/]+)/(cancel|retry)': (
      [group = '', id = '', verb = ''],
      request,
    ) => {
      if (!offered.includes(verb as Capability)) return refusals.noRoute
      const snapshot = find(group, id)
      if ('refused' in snapshot) return snapshot
      const error = String(request.body.reason ?? 'cancelled')
      const next =
        verb === 'cancel'
          ? cancelledFields(snapshot, error, now())
          : { status: 'pending', error: null }
      update(id, next as Partial<JobSnapshot>)
      return runs.get(id)
    },
    'POST /workflows/([^/]+)/events/([^/]+)': ([id = '', event = '']) => {
      const snapshot = offered.includes('events') ? find('workflows', id) : refusals.noRoute
      const isAwaited = 'waiting_for' in snapshot && snapshot.waiting_for === event
      if (isAwaited) update(id, { status: 'running', waiting_for: null })
      return isAwaited ? runs.get(id) : snapshot
    },
    'GET /runs': (_, { params }) => lists?.read(params) ?? refusals.noRoute,
    '(?:GET|HEAD) /health': () => Response.json({ status: 'healthy', version: 'fake' }),
  }
  return {
    handlers,
    last(name) {
      const id = lastOf.get(name)
      if (id) return id
      throw new Error(`The fake gateway has no run of ${name}: start one first`)
    },
  }
}

function isTitle(title: unknown): title is string | undefined {
  return title === undefined || isWord(title, 200)
}

function areTags(tags: unknown): tags is string[] | undefined {
  const isList = Array.isArray(tags) && tags.length <= 10
  return tags === undefined || (isList && tags.every((tag) => isWord(tag, 64)))
}

function isWord(text: unknown, longest: number): boolean {
  return typeof text === 'string' && text.length >= 1 && text.length <= longest
}

/** A test may answer more than a result. */
function isWhole(answer: unknown): boolean {
  return answer instanceof Response || answer instanceof Blob || isRefusal(answer)
}
