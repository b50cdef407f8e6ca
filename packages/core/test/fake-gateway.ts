import {
  encodeEvent,
  isRecord,
  type JobSnapshot,
  ping,
  type ServerEvent,
} from '../src/protocol/index.ts'

/** One open stream of the fake. */
interface FakeStream {
  sessionId: string
  send(text: string): void
  /** Ends the body cleanly, or as a network failure. */
  end(error?: Error): void
}

/** What the fake was asked. */
export interface FakeRequest {
  method: string
  path: string
  body: Record<string, unknown>
}

/** How a request is answered: with the fake's own answer for `undefined`. */
export type Intercept = (
  request: FakeRequest,
) => Promise<Response | undefined> | Response | undefined

/** What {@link createFakeGateway} returns. */
export type FakeGateway = ReturnType<typeof createFakeGateway>

/** A gateway as a `fetch` function: it keeps jobs, streams and registrations in memory. */
export function createFakeGateway() {
  const encoder = new TextEncoder()
  const jobs = new Map<string, JobSnapshot>()
  const streams = new Map<string, FakeStream>()
  const registered = new Map<string, Set<string>>()
  const requests: FakeRequest[] = []
  let counter = 0
  let intercept: Intercept = () => undefined

  const open = (signal: AbortSignal | null | undefined): Response => {
    counter += 1
    const sessionId = `session-${counter}`
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const close = (end: () => void): void => {
          if (streams.delete(sessionId)) end()
        }
        streams.set(sessionId, {
          sessionId,
          send: (text) => controller.enqueue(encoder.encode(text)),
          end: (error) => close(() => (error ? controller.error(error) : controller.close())),
        })
        signal?.addEventListener('abort', () =>
          close(() => controller.error(new DOMException('aborted', 'AbortError'))),
        )
      },
    })
    registered.set(sessionId, new Set())
    send(sessionId, {
      type: 'connected',
      session_id: sessionId,
      session_secret: `secret-${counter}`,
      capabilities: ['unsubscribe-job', 'cancel-job', 'get-job'],
      ping_secs: 15,
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const send = (sessionId: string, event: ServerEvent): void => {
    streams.get(sessionId)?.send(encodeEvent(event))
  }
  const answer = ({ path, body }: FakeRequest): Response => {
    const rpc = path.match(/^\/rpc\/(.+)$/)
    if (rpc) return success({ job_id: gateway.create().job_id })
    const cancel = path.match(/^\/jobs\/(.+)\/cancel$/)
    if (cancel?.[1]) {
      gateway.push(cancel[1], { status: 'cancelled', error: String(body.reason ?? 'cancelled') })
      return success(jobs.get(cancel[1]))
    }
    const session = registered.get(String(body.session_id))
    if (!session || !streams.has(String(body.session_id))) {
      return failure(404, 'SESSION_NOT_FOUND', 'no such session')
    }
    if (path === '/unsubscribe') {
      return session.delete(String(body.id))
        ? success(null)
        : failure(404, 'SUBSCRIPTION_NOT_FOUND', 'no such registration')
    }
    const snapshot = jobs.get(String(body.job_id))
    if (!snapshot) return failure(404, 'JOB_NOT_FOUND', 'no such job')
    session.add(snapshot.job_id)
    return success(snapshot)
  }

  const gateway = {
    jobs,
    streams,
    requests,
    /** How often a path was asked for. */
    count: (path: string): number => requests.filter((request) => request.path === path).length,
    /** What is registered on all live streams. */
    registrations: (): string[] =>
      [...streams.keys()].flatMap((sessionId) => [...(registered.get(sessionId) ?? [])]),
    intercept(handler: Intercept): void {
      intercept = handler
    },
    /** A pending job, as a start makes it. */
    create(fields: Partial<JobSnapshot> = {}): JobSnapshot {
      const job_id = `job-${jobs.size + 1}`
      const rest = { progress: 0, message: null, output: null, error: null, attempt: 0 }
      const job: JobSnapshot = { job_id, status: 'pending', ...rest, revision: 1, ...fields }
      jobs.set(job.job_id, job)
      return job
    },
    /** A visible change of a job: one revision more, pushed to whoever has registered it. */
    push(jobId: string, fields: Partial<JobSnapshot>): void {
      const before = jobs.get(jobId)
      if (!before) throw new Error(`The fake has no job ${jobId}`)
      const job = { ...before, revision: (before.revision ?? 0) + 1, ...fields }
      jobs.set(jobId, job)
      for (const sessionId of streams.keys()) {
        if (!registered.get(sessionId)?.has(jobId)) continue
        send(sessionId, { type: 'update', target: `job:${jobId}`, payload: job })
      }
    },
    ping(): void {
      for (const stream of streams.values()) stream.send(ping)
    },
    /** Cuts every stream: cleanly, or as a network failure. */
    drop(error?: Error): void {
      for (const stream of [...streams.values()]) stream.end(error)
    },
    fetch: (async (input, init) => {
      const path = new URL(String(input)).pathname.replace('/_api', '')
      const parsed: unknown = init?.body ? JSON.parse(String(init.body)) : {}
      const request = {
        method: init?.method ?? 'GET',
        path,
        body: isRecord(parsed) ? parsed : {},
      }
      requests.push(request)
      const intercepted = await intercept(request)
      if (intercepted) return intercepted
      return path === '/events' ? open(init?.signal) : answer(request)
    }) satisfies typeof fetch,
  }
  return gateway
}

/** An envelope that says yes. */
export function success(data: unknown): Response {
  return Response.json({ success: true, data })
}

/** An envelope that says no. */
export function failure(status: number, code: string, message: string, headers = {}): Response {
  return Response.json({ success: false, error: { code, message } }, { status, headers })
}
