import { runsQuery } from '../protocol/runs-page.ts'
import { type Capability, capabilities } from '../protocol/server-event.ts'
import type { JobSnapshot } from '../protocol/snapshots.ts'
import { type FakeHandler, isRefusal, type Refusal, refusals, success } from './fake-answers.ts'
import type { FakeGatewayOptions, FakeLabels, FakeRequest, FakeRun } from './fake-gateway-api.ts'
import { createFakeGroups } from './fake-groups.ts'
import { readLabels } from './fake-labels.ts'
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
  /** Pushes the lists of runs. */
  pushLists(): void
  /** Updates a run and pushes it. */
  update(id: string, fields: Partial<FakeRun>): void
}

/** The handlers of calls, and the runs that calls have started. */
export interface FakeCalls {
  handlers: Record<string, FakeHandler>
  /** Counts the children of the parent of a run that has changed. */
  recount(id: string): void
  /** The id of the last run or group that `name` started. Throws if there is none. */
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
  pushLists,
  update,
}: Calling): FakeCalls {
  const { mutations = {}, workflows = [], now = Date.now } = options
  const offered: readonly Capability[] = options.capabilities ?? capabilities
  const lastOf = new Map<string, string>()
  const byKey = new Map<string, string>()

  const kindOf = (name: string): 'job' | 'workflow' | null => {
    if (workflows.includes(name)) return 'workflow'
    const isKnown = name !== runsQuery && (options.jobs?.includes(name) ?? true)
    return isKnown ? 'job' : null
  }
  /** A key lasts as long as its run. */
  const underKey = (scope: string, headers: Headers, begin: () => string): string => {
    const key = headers.get('x-idempotency-key')
    if (key === null || !offered.includes('idempotent-start')) return begin()
    const keyed = byKey.get(`${scope} ${key}`)
    const id = keyed !== undefined && runs.has(keyed) ? keyed : begin()
    byKey.set(`${scope} ${key}`, id)
    return id
  }
  const find = (group: string, id: string): FakeRun | Refusal =>
    group === 'jobs'
      ? (runs.find('job', id) ?? refusals.noJob)
      : (runs.find('workflow', id) ?? refusals.noWorkflow)

  const start = (name: string, { body, headers }: FakeRequest): unknown => {
    const kind = kindOf(name)
    const labels = readLabels(body)
    if (!kind) return refusals.noFunction
    if (typeof labels === 'string') return refusals.badLabels
    const id = underKey(name, headers, () => create(kind, { name, ...labels }))
    lastOf.set(name, id)
    return { [`${kind}_id`]: id }
  }
  const groups = offered.includes('groups')
    ? createFakeGroups({
        runs,
        now,
        kindOf,
        pushLists,
        update,
        underKey(name, headers, begin) {
          const id = underKey(`many ${name}`, headers, begin)
          lastOf.set(name, id)
          return id
        },
      })
    : null

  /** A query's result with the revision from before it was read. */
  const read = async (query: (args: unknown) => unknown, args: unknown): Promise<unknown> => {
    const revision = queryRevision()
    const data = await query(args)
    return revision === undefined || isWhole(data) ? data : success({ data, revision })
  }
  const handlers: Record<string, FakeHandler> = {
    'POST /rpc/([^/]+)(?:/upload)?': ([name = ''], request) => {
      const query = queries[name]
      if (query) return read(query, request.body.args)
      const mutation = mutations[name]
      return mutation ? mutation(request.body.args) : start(name, request)
    },
    ...groups?.handlers,
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
      const isCancel = verb === 'cancel'
      // The state of a group follows from its children.
      if (isCancel ? groups?.cancel(id, error) : groups?.retry(id)) return runs.get(id)
      const next = isCancel
        ? cancelledFields(runs.get(id), error, now())
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
    recount: (id) => groups?.recount(id),
    last(name) {
      const id = lastOf.get(name)
      if (id) return id
      throw new Error(`The fake gateway has no run of ${name}: start one first`)
    },
  }
}

/** A test may answer more than a result. */
function isWhole(answer: unknown): boolean {
  return answer instanceof Response || answer instanceof Blob || isRefusal(answer)
}
