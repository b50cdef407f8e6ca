import { capabilitiesHeader, encodeCapabilities } from '../protocol/capabilities-header.ts'
import { encodeEvent, ping } from '../protocol/encode.ts'
import { runsQuery } from '../protocol/runs-page.ts'
import { type ConnectedEvent, capabilities } from '../protocol/server-event.ts'
import { isForgeServer } from '../rpc/capabilities.ts'
import { isRefusal, refusals, refusedStream, toBareResponse, toResponse } from './fake-answers.ts'
import { createFakeCalls } from './fake-calls.ts'
import type { FakeGateway, FakeGatewayOptions, FakeRequest, Intercept } from './fake-gateway-api.ts'
import { createFakeLists } from './fake-lists.ts'
import { createFakePushes } from './fake-pushes.ts'
import { createFakeRegistrations } from './fake-registrations.ts'
import { createFakeRuns } from './fake-runs.ts'
import { answerFake, readFakeRequest } from './fake-server.ts'
import { createFakeStreams } from './fake-streams.ts'

/**
 * A gateway as a `fetch` function. It implements PROTOCOL.md with runs in memory, and passes the
 * same suite as the real gateway. Nothing changes unless the test changes it.
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
  const { pingSecs = 15, now = Date.now } = options
  const { isAllowed = () => true, maxSessions = Number.POSITIVE_INFINITY } = options
  const offered = options.capabilities ?? capabilities
  const isForge = isForgeServer(new Set(offered))
  const hasRevisions = offered.includes('revisions')
  const hasFreshness = offered.includes('freshness')
  const clock = offered.includes('times') ? now : null
  const requests: FakeRequest[] = []
  let intercept: Intercept = () => undefined
  let isLost = (_: FakeRequest): boolean => false
  let isOffline = false

  const runs = createFakeRuns(hasRevisions, clock)
  const lists = offered.includes('lists')
    ? createFakeLists(runs.all, offered.includes('groups'))
    : null
  const queries = { ...options.queries, ...(lists && { [runsQuery]: lists.query }) }
  // A Forge does not notice that a stream has gone.
  const streams = createFakeStreams(isForge)
  const pushes = createFakePushes({ queries, runs, streams, hasRevisions, hasFreshness })
  const pushLists = (): void => {
    if (lists) pushes.query(runsQuery)
  }
  const createJob: FakeGateway['createJob'] = (...rest) => {
    const job = runs.createJob(...rest)
    pushLists()
    calls.recount(job.job_id)
    return job
  }
  const createWorkflow: FakeGateway['createWorkflow'] = (...rest) => {
    const workflow = runs.createWorkflow(...rest)
    pushLists()
    calls.recount(workflow.workflow_id)
    return workflow
  }
  const update: FakeGateway['update'] = (id, fields) => {
    const { status } = runs.get(id)
    runs.update(id, fields)
    pushes.run(id)
    calls.recount(id)
    if (runs.get(id).status !== status) pushLists()
  }
  const { queryRevision } = pushes
  const calls = createFakeCalls({
    options,
    runs,
    queryRevision,
    queries,
    lists,
    create: (kind, labels) =>
      kind === 'job' ? createJob({}, labels).job_id : createWorkflow({}, labels).workflow_id,
    pushLists,
    update,
  })
  const registrations = createFakeRegistrations({
    offered,
    streams,
    runs,
    queries,
    queryRevision,
  })
  const handlers = {
    ...calls.handlers,
    ...registrations.handlers,
  }

  const open = (
    { method, body, params }: FakeRequest,
    signal: AbortSignal | null | undefined,
  ): Response => {
    if (streams.sessions() >= maxSessions) return refusedStream(maxSessions)
    const items = method === 'POST' ? registrations.readCarried(body) : []
    if (isRefusal(items)) return toBareResponse(items)
    // Forge ignores the `client` parameter and keeps each registration as long as its session.
    const isOurs = !isForge && params.get('client') === 'headway.1'
    const toConnected = (session_id: string, session_secret: string): ConnectedEvent => ({
      type: 'connected',
      session_id,
      session_secret,
      ...(!isForge && { capabilities: [...offered] }),
      ...(pingSecs !== null && { ping_secs: pingSecs }),
      ...(clock && { now: clock() }),
    })
    const answer = (session: Record<string, unknown>): string => {
      const answers = registrations.registerAll(session, items)
      return answers.length === 0 ? '' : encodeEvent({ type: 'answers', answers })
    }
    return streams.open(signal, isOurs, toConnected, { doubt: pushes.doubt(), answer })
  }
  const respond = async (
    request: FakeRequest,
    signal: AbortSignal | null | undefined,
  ): Promise<Response> => {
    const intercepted = await intercept(request)
    if (intercepted) return intercepted
    signal?.throwIfAborted()
    const bearer = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? null
    const methods = offered.includes('stream-answers') ? ['GET', 'POST'] : ['GET']
    const isStream = request.path === '/events' && methods.includes(request.method)
    const response = !isAllowed(bearer)
      ? toResponse(refusals.unauthorized)
      : isStream
        ? open(request, signal)
        : await answerFake(handlers, request, clock)
    if (!isForge) response.headers.set(capabilitiesHeader, encodeCapabilities(offered))
    return response
  }

  return {
    requests,
    now,
    count: (path) => requests.filter((request) => request.path === path).length,
    registrations: streams.registrations,
    openStreams: streams.count,
    sessions: streams.sessions,
    sweepSessions: streams.sweep,
    last: calls.last,
    run: runs.get,
    children: (id) => runs.children(id).map(({ id: child }) => child),
    createJob,
    createWorkflow,
    update,
    updateSilently: runs.update,
    forget(id) {
      pushes.removed(id)
      runs.forget(id)
      pushLists()
    },
    changed: pushes.query,
    goStale: (reason = 'database') => pushes.goStale(reason),
    goFresh: pushes.goFresh,
    send: (event) => streams.sendAll(encodeEvent(event)),
    ping: () => streams.sendAll(ping),
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
      const request = readFakeRequest(input, init)
      init?.signal?.throwIfAborted()
      requests.push(request)
      if (isOffline) throw new TypeError('Failed to fetch')
      const response = await respond(request, init?.signal)
      if (!isLost(request)) return response
      // Ends the stream on the side of the fake, too.
      await response.body?.cancel()
      throw new TypeError('Failed to fetch')
    },
  }
}
