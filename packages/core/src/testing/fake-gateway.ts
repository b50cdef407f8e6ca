import { capabilitiesHeader, encodeCapabilities } from '../protocol/capabilities-header.ts'
import { encodeEvent, ping as pingText } from '../protocol/encode.ts'
import { isRecord } from '../protocol/json.ts'
import {
  type Capability,
  type ConnectedEvent,
  capabilities,
  type StaleEvent,
} from '../protocol/server-event.ts'
import type { JobSnapshot } from '../protocol/snapshots.ts'
import {
  type FakeHandler,
  fileAnswer,
  isRefusal,
  type Refusal,
  refusals,
  refusedStream,
  success,
  toResponse,
} from './fake-answers.ts'
import { readFakeBody } from './fake-body.ts'
import type {
  FakeGateway,
  FakeGatewayOptions,
  FakeRequest,
  FakeRun,
  Intercept,
} from './fake-gateway-api.ts'
import { createFakeRegistrations } from './fake-registrations.ts'
import { cancelledFields, createFakeRuns, hasEnded } from './fake-runs.ts'
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
  const { isAllowed = () => true, maxSessions = Number.POSITIVE_INFINITY } = options
  const offered = options.capabilities ?? capabilities
  const isRevised = offered.includes('revisions')
  const runs = createFakeRuns(isRevised)
  const lastOf = new Map<string, string>()
  const byKey = new Map<string, string>()
  const requests: FakeRequest[] = []
  // A Forge does not see that a stream has gone.
  const streams = createFakeStreams(offered.length === 0)
  let intercept: Intercept = () => undefined
  let isLost = (_: FakeRequest): boolean => false
  let isOffline = false
  let doubt: StaleEvent | null = null
  /** The pushes of changes since it went stale, by target. */
  const missed = new Map<string, () => void>()
  let revision = 0

  const isDoubtTold = offered.includes('freshness')
  /** Pushes now, or when it is fresh again. */
  const tell = (what: string, push: () => void): void => {
    if (doubt) missed.set(what, push)
    else push()
  }
  const pushRun = (id: string): void => {
    const payload = runs.get(id)
    const member = 'job_id' in payload ? 'job_id' : 'workflow_id'
    streams.push(
      (item) => item[member] === id,
      (target) => encodeEvent({ type: 'update', target, payload }),
      hasEnded(payload),
    )
  }

  const answers: Record<string, FakeHandler> = {
    'POST /rpc/([^/]+)(?:/upload)?': ([name = ''], { body, headers }) => {
      const call = queries[name] ?? mutations[name]
      if (call) return call(body.args)
      const key = headers.get('x-idempotency-key')
      const isKnown = key !== null && offered.includes('idempotent-start')
      const same = isKnown ? byKey.get(`${name} ${key}`) : undefined
      const isWorkflow = workflows.includes(name)
      if (options.jobs && !isWorkflow && !options.jobs.includes(name)) return refusals.noFunction
      const id = same ?? (isWorkflow ? runs.createWorkflow().workflow_id : runs.createJob().job_id)
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
      return runs.get(id)
    },
    'POST /workflows/([^/]+)/events/([^/]+)': ([id = '', event = '']) => {
      const snapshot = offered.includes('events') ? snapshotOf('workflows', id) : refusals.noRoute
      const isAwaited = 'waiting_for' in snapshot && snapshot.waiting_for === event
      if (isAwaited) gateway.update(id, { status: 'running', waiting_for: null })
      return isAwaited ? runs.get(id) : snapshot
    },
    '(?:GET|HEAD) /health': () => Response.json({ status: 'healthy', version: 'fake' }),
    ...createFakeRegistrations({
      offered,
      streams,
      runs,
      queries,
      queryRevision: () => (isRevised ? revision : undefined),
    }),
  }
  const snapshotOf = (group: string, id: string): FakeRun | Refusal =>
    group === 'jobs'
      ? (runs.find('job', id) ?? refusals.noJob)
      : (runs.find('workflow', id) ?? refusals.noWorkflow)
  const answer = async (request: FakeRequest): Promise<Response> => {
    for (const [pattern, handle] of Object.entries(answers)) {
      const match = `${request.method} ${request.path}`.match(new RegExp(`^${pattern}$`))
      if (!match) continue
      const [, ...groups] = match.map((part) => decodeURIComponent(part ?? ''))
      const data = await handle(groups, request)
      if (isRefusal(data)) return toResponse(data)
      if (data instanceof Response) return data
      if (data instanceof Blob) return fileAnswer(data)
      const isRegistration =
        request.path.startsWith('/subscribe') && !request.path.endsWith('batch')
      return success(isRegistration && isRecord(data) ? data : { data })
    }
    return toResponse(refusals.noRoute)
  }

  const open = (params: URLSearchParams, signal: AbortSignal | null | undefined): Response => {
    if (streams.sessions() >= maxSessions) return refusedStream(maxSessions)
    // Forge knows no client of ours, and keeps every registration for as long as its session.
    const isOver = offered.length > 0 && params.get('client') === 'headway.1'
    const toConnected = (session_id: string, session_secret: string): ConnectedEvent => ({
      type: 'connected',
      session_id,
      session_secret,
      ...(offered.length > 0 && { capabilities: [...offered] }),
      ...(pingSecs !== null && { ping_secs: pingSecs }),
    })
    return streams.open(signal, isOver, toConnected, isDoubtTold ? doubt : null)
  }
  const respond = async (
    request: FakeRequest,
    params: URLSearchParams,
    signal: AbortSignal | null | undefined,
  ): Promise<Response> => {
    const intercepted = await intercept(request)
    if (intercepted) return intercepted
    signal?.throwIfAborted()
    const bearer = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? null
    const isStream = request.path === '/events' && request.method === 'GET'
    const response = !isAllowed(bearer)
      ? toResponse(refusals.unauthorized)
      : isStream
        ? open(params, signal)
        : await answer(request)
    if (offered.length > 0) response.headers.set(capabilitiesHeader, encodeCapabilities(offered))
    return response
  }

  const gateway: FakeGateway = {
    requests,
    count: (path) => requests.filter((request) => request.path === path).length,
    registrations: streams.registrations,
    openStreams: streams.count,
    sessions: streams.sessions,
    sweepSessions: streams.sweep,
    last(name) {
      const id = lastOf.get(name)
      if (id) return id
      throw new Error(`Nothing has started ${name} at the fake gateway yet`)
    },
    run: runs.get,
    createJob: runs.createJob,
    createWorkflow: runs.createWorkflow,
    update(id, fields) {
      runs.update(id, fields)
      tell(id, () => pushRun(id))
    },
    updateSilently: runs.update,
    forget: runs.forget,
    changed(name) {
      revision += 1
      const extra = isRevised ? { revision } : {}
      tell(name, () =>
        streams.push(
          (item) => item.function === name,
          (target, item) => {
            const payload = queries[name]?.(item.args)
            return encodeEvent({ type: 'update', target, payload, ...extra })
          },
        ),
      )
    },
    goStale(reason = 'database') {
      doubt = { type: 'stale', reason }
      if (isDoubtTold) streams.sendOurs(encodeEvent(doubt))
    },
    goFresh() {
      doubt = null
      for (const push of missed.values()) push()
      missed.clear()
      if (isDoubtTold) streams.sendOurs(encodeEvent({ type: 'fresh' }))
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
    lose(isLostNow) {
      isLost = isLostNow
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
      const response = await respond(request, url.searchParams, init?.signal)
      if (!isLost(request)) return response
      // Ends a stream at this side, too.
      await response.body?.cancel()
      throw new TypeError('Failed to fetch')
    },
  }
  return gateway
}
