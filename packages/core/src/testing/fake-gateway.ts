import { encodeEvent, ping as pingText } from '../protocol/encode.ts'
import type { BatchAnswer, ErrorBody } from '../protocol/envelopes.ts'
import { isRecord } from '../protocol/json.ts'
import {
  type Capability,
  capabilities,
  type TargetKind,
  toTarget,
} from '../protocol/server-event.ts'
import type { JobSnapshot, WorkflowSnapshot } from '../protocol/snapshots.ts'
import { fileAnswer, type Refusal, refusals, success, toResponse } from './fake-answers.ts'
import { readFakeBody } from './fake-body.ts'
import type {
  FakeGateway,
  FakeGatewayOptions,
  FakeRequest,
  FakeRun,
  Intercept,
} from './fake-gateway-api.ts'
import { createFakeStreams } from './fake-streams.ts'

/**
 * A gateway as a `fetch` function: PROTOCOL.md, with its runs in memory and nothing that moves by
 * itself. It passes the same suite as the real gateway does.
 *
 * @example
 * ```ts
 * const gateway = createFakeGateway()
 * const client = createClient({ url: 'http://fake', fetch: gateway.fetch })
 * const job = client.start(exportUsers, { format: 'csv' })
 * await settled()
 * gateway.update(gateway.last('export_users'), { status: 'running', progress: 40 })
 * ```
 */
export function createFakeGateway(options: FakeGatewayOptions = {}): FakeGateway {
  const { pingSecs = 15, queries = {}, mutations = {}, workflows = [] } = options
  const { isAllowed = () => true } = options
  const offered = options.capabilities ?? capabilities
  const isRevised = offered.includes('revisions')
  const runs = new Map<string, FakeRun>()
  const lastOf = new Map<string, string>()
  const byKey = new Map<string, string>()
  const requests: FakeRequest[] = []
  const streams = createFakeStreams()
  let intercept: Intercept = () => undefined
  let isOffline = false
  let revision = 0

  const add = <T extends FakeRun>(id: string, run: T): T => {
    runs.set(id, run)
    return run
  }
  const base = () => ({ output: null, error: null, ...(isRevised && { revision: 1, attempt: 0 }) })
  const createJob = (fields: Partial<JobSnapshot> = {}): JobSnapshot => {
    const job_id = fields.job_id ?? `job-${runs.size + 1}`
    const job = { job_id, status: 'pending', progress: 0, message: null, ...base() } as const
    return add(job_id, { ...job, ...fields })
  }
  const createWorkflow = (fields: Partial<WorkflowSnapshot> = {}): WorkflowSnapshot => {
    const workflow_id = fields.workflow_id ?? `workflow-${runs.size + 1}`
    const workflow = { status: 'created', step: null, waiting_for: null, steps: [] } as const
    return add(workflow_id, { workflow_id, ...workflow, steps: [], ...base(), ...fields })
  }
  const run = (id: string): FakeRun => {
    const found = runs.get(id)
    if (found) return found
    throw new Error(`The fake gateway has no run ${id}: start one, or create it`)
  }
  const updateSilently: FakeGateway['updateSilently'] = (id, fields) => {
    const before = run(id)
    const next = isRevised && { revision: (before.revision ?? 0) + 1 }
    runs.set(id, { ...before, ...next, ...fields } as FakeRun)
  }
  const pushRun = (id: string): void => {
    const payload = run(id)
    const member = 'job_id' in payload ? 'job_id' : 'workflow_id'
    streams.push(
      (item) => item[member] === id,
      (target) => encodeEvent({ type: 'update', target, payload }),
    )
  }

  const answers: Record<string, (match: string[], request: FakeRequest) => unknown | Refusal> = {
    'POST /rpc/([^/]+)(?:/upload)?': ([name = ''], { body, headers }) => {
      const call = queries[name] ?? mutations[name]
      if (call) return call(body.args)
      const key = headers.get('x-idempotency-key')
      const isKnown = key !== null && offered.includes('idempotent-start')
      const same = isKnown ? byKey.get(`${name} ${key}`) : undefined
      const isWorkflow = workflows.includes(name)
      if (options.jobs && !isWorkflow && !options.jobs.includes(name)) return refusals.noFunction
      const id = same ?? (isWorkflow ? createWorkflow().workflow_id : createJob().job_id)
      if (isKnown) byKey.set(`${name} ${key}`, id)
      lastOf.set(name, id)
      return isWorkflow ? { workflow_id: id } : { job_id: id }
    },
    'GET /(jobs|workflows)/([^/]+)': ([group = '', id = '']) =>
      offered.includes('get') ? snapshotOf(group, id) : refusals.noRoute,
    'POST /(jobs|workflows)/([^/]+)/(cancel|retry)': (
      [group = '', id = '', verb = ''],
      request,
    ) => {
      if (!offered.includes(verb as Capability)) return refusals.noRoute
      const snapshot = snapshotOf(group, id)
      if ('refused' in snapshot) return snapshot
      const error = String(request.body.reason ?? 'cancelled')
      const next =
        verb === 'cancel' ? cancelledFields(snapshot, error) : { status: 'pending', error: null }
      gateway.update(id, next as Partial<JobSnapshot>)
      return run(id)
    },
    'POST /workflows/([^/]+)/events/([^/]+)': ([id = '', event = '']) => {
      const snapshot = offered.includes('events') ? snapshotOf('workflow', id) : refusals.noRoute
      const isAwaited = 'waiting_for' in snapshot && snapshot.waiting_for === event
      if (isAwaited) gateway.update(id, { status: 'running', waiting_for: null })
      return isAwaited ? run(id) : snapshot
    },
    'POST /subscribe-(job|workflow)': ([kind = ''], { body }) => register(body, { ...body, kind }),
    'POST /subscribe': (_, { body }) => register(body, { ...body, kind: 'query' }),
    'POST /subscribe-batch': (_, { body }) => {
      if (!offered.includes('subscribe-batch')) return refusals.noRoute
      const refusal = streams.check(body)
      if (refusal) return refusal
      const items = Array.isArray(body.items) ? body.items.filter(isRecord) : []
      return items.map((item): BatchAnswer => {
        const answer = register(body, item)
        const id = String(item.id)
        if (!isRefusal(answer)) return { id, success: true, ...answer }
        return { id, success: false, error: answer.refused }
      })
    },
    'POST /unsubscribe': (_, { body }) => {
      const kind = (body.kind ?? 'query') as TargetKind
      if (kind !== 'query' && !offered.includes('unsubscribe')) return refusals.noSubscription
      return streams.remove(body, toTarget(kind, String(body.id))) ? null : refusals.noSubscription
    },
  }
  const snapshotOf = (group: string, id: string): FakeRun | Refusal =>
    runs.get(id) ?? (group.startsWith('job') ? refusals.noJob : refusals.noWorkflow)
  const register = (
    session: Record<string, unknown>,
    item: Record<string, unknown>,
  ): { data: unknown; revision?: number } | Refusal => {
    const refusal = streams.check(session)
    if (refusal) return refusal
    const kind = item.kind as TargetKind
    const target = toTarget(kind, String(item.id))
    if (kind === 'query') {
      const query = queries[String(item.function)]
      if (!query) return refusals.noQuery
      streams.add(session, target, item)
      return { data: query(item.args), ...(isRevised && { revision }) }
    }
    const snapshot = snapshotOf(kind, String(item[`${kind}_id`]))
    if ('refused' in snapshot) return snapshot
    streams.add(session, target, item)
    return { data: snapshot }
  }
  const answer = async (request: FakeRequest): Promise<Response> => {
    for (const [pattern, handle] of Object.entries(answers)) {
      const match = `${request.method} ${request.path}`.match(new RegExp(`^${pattern}$`))
      if (!match) continue
      const [, ...groups] = match.map((part) => decodeURIComponent(part ?? ''))
      const data = await handle(groups, request)
      if (isRefusal(data)) return toResponse(data)
      if (data instanceof Blob) return fileAnswer(data)
      const isRegistration =
        request.path.startsWith('/subscribe') && !request.path.endsWith('batch')
      return success(isRegistration && isRecord(data) ? data : { data })
    }
    return toResponse(refusals.noRoute)
  }

  const gateway: FakeGateway = {
    requests,
    count: (path) => requests.filter((request) => request.path === path).length,
    registrations: streams.registrations,
    openStreams: streams.count,
    last(name) {
      const id = lastOf.get(name)
      if (id) return id
      throw new Error(`Nothing has started ${name} at the fake gateway yet`)
    },
    run,
    createJob,
    createWorkflow,
    update(id, fields) {
      updateSilently(id, fields)
      pushRun(id)
    },
    updateSilently,
    forget: (id) => void runs.delete(id),
    changed(name) {
      revision += 1
      const extra = isRevised ? { revision } : {}
      streams.push(
        (item) => item.function === name,
        (target, item) => {
          const payload = queries[name]?.(item.args)
          return encodeEvent({ type: 'update', target, payload, ...extra })
        },
      )
    },
    send: (event) => streams.sendAll(encodeEvent(event)),
    ping: () => streams.sendAll(pingText),
    drop: streams.drop,
    goOffline() {
      isOffline = true
      streams.drop(new TypeError('network lost'))
    },
    goOnline() {
      isOffline = false
    },
    intercept(handler) {
      intercept = handler
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : String(input), 'http://fake')
      const request: FakeRequest = {
        method: init?.method ?? 'GET',
        path: url.pathname.slice(url.pathname.indexOf('/_api') + '/_api'.length),
        body: readFakeBody(init?.body),
        headers: new Headers(init?.headers),
      }
      init?.signal?.throwIfAborted()
      requests.push(request)
      if (isOffline) throw new TypeError('Failed to fetch')
      const intercepted = await intercept(request)
      if (intercepted) return intercepted
      init?.signal?.throwIfAborted()
      const bearer = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? null
      if (!isAllowed(bearer)) return toResponse(refusals.unauthorized)
      if (request.path !== '/events') return answer(request)
      return streams.open(init?.signal, (session_id, session_secret) => ({
        type: 'connected',
        session_id,
        session_secret,
        ...(offered.length > 0 && { capabilities: [...offered] }),
        ...(pingSecs !== null && { ping_secs: pingSecs }),
      }))
    },
  }
  return gateway
}

/** How a cancelled run ends: what a workflow did is undone. */
export function cancelledFields(
  run: FakeRun,
  error: string,
): Partial<JobSnapshot> | Partial<WorkflowSnapshot> {
  if ('job_id' in run) return { status: 'cancelled', error }
  return { status: 'compensated', error, cancel_requested: true }
}

function isRefusal(value: unknown): value is { refused: ErrorBody; status: number } {
  return isRecord(value) && 'refused' in value
}
