import { type ResolvedOptions, resolveOptions } from '../../src/options.ts'
import type { BatchItem, ErrorBody } from '../../src/protocol/envelopes.ts'
import { isRecord } from '../../src/protocol/json.ts'
import { toTarget } from '../../src/protocol/target.ts'
import { createCapabilities } from '../../src/rpc/capabilities.ts'
import { noAnswer, type Transport } from '../../src/rpc/transport.ts'
import { settled } from '../../src/testing/fake-time.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

/**
 * A request that waits for the answer of the test. Each answer resolves once the client has taken
 * it in.
 */
export interface OpenRequest {
  /** The path and the targets, such as `/subscribe-batch job:a job:b`. */
  readonly text: string
  readonly targets: readonly string[]
  readonly body: Record<string, unknown>
  readonly isAborted: boolean
  /** Answers with `data`, and the revision of a query's result. */
  answer(data: unknown, revision?: number): Promise<void>
  /**
   * Registers each item: a run is `running`, a query has no rows. Refuses the items whose id is in
   * `errors`.
   */
  accept(errors?: Record<string, Partial<ErrorBody>>): Promise<void>
  refuse(status: number, code: string, headers?: Record<string, string>): Promise<void>
  /** Loses the answer, as a network failure does. */
  lose(): Promise<void>
}

/**
 * A server whose answers a test gives by hand, and the transport to it. Time stands still until
 * `advance()`.
 */
export interface ManualServer extends VirtualTime {
  readonly transport: Transport
  /** The requests without an answer, in the order they came. */
  open(): OpenRequest[]
  /** The first request without an answer. Throws when there is none. */
  next(): OpenRequest
  /** The texts of all requests so far. */
  log(): string[]
  settled(): Promise<void>
  /** Ends the client: `isClosed()` is true, and what is under way is ended. */
  closeClient(): void
}

/** Creates the server. `random` is 0.5 unless an option says otherwise. */
export function createManualServer(overrides: Partial<ResolvedOptions> = {}): ManualServer {
  const time = createVirtualTime()
  const { scheduler } = time
  const log: string[] = []
  let open: OpenRequest[] = []
  let isClosed = false
  const fetch: typeof globalThis.fetch = (url, init) =>
    new Promise((resolve, reject) => {
      const over = (work: () => void): Promise<void> => {
        open = open.filter((other) => other !== request)
        work()
        return settled()
      }
      const request = toOpenRequest(
        String(url).replace(/^.*\/_api/, ''),
        init,
        (response) => over(() => resolve(response)),
        () => over(() => reject(new TypeError('Failed to fetch'))),
      )
      open.push(request)
      log.push(request.text)
    })
  const options = {
    ...resolveOptions({ url: 'http://server', fetch, scheduler, random: () => 0.5, storage: null }),
    ...overrides,
  }
  const transport: Transport = {
    options,
    token: {
      ask: async () => null,
      renew: async () => null,
      change: async () => null,
      close: () => undefined,
    },
    capabilities: createCapabilities(),
    isClosed: () => isClosed,
    pending: new Set(),
  }
  return {
    ...time,
    transport,
    open: () => open.filter(({ isAborted }) => !isAborted),
    next() {
      const request = open.find(({ isAborted }) => !isAborted)
      if (request) return request
      throw new Error(`No request waits for an answer. So far: ${log.join(', ') || 'none'}`)
    },
    log: () => [...log],
    settled,
    closeClient() {
      isClosed = true
      for (const end of [...transport.pending]) end(noAnswer('CLOSED', ''))
    },
  }
}

function toOpenRequest(
  path: string,
  init: RequestInit | undefined,
  respond: (response: Response) => Promise<void>,
  lose: () => Promise<void>,
): OpenRequest {
  const parsed: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : {}
  const body = isRecord(parsed) ? parsed : {}
  const items = toItems(path, body)
  const targets = items.map(({ kind, id }) => toTarget(kind, id))
  return {
    text: [path, ...targets].join(' '),
    targets,
    body,
    get isAborted() {
      return init?.signal?.aborted === true
    },
    answer: (data, revision) => respond(Response.json({ success: true, data, revision })),
    accept(errors = {}) {
      const [first] = items
      if (!path.endsWith('-batch')) {
        return respond(Response.json({ success: true, data: first && toData(first) }))
      }
      const data = items.map((item) => {
        const { kind, id } = item
        const error = errors[id] && { code: 'INTERNAL_ERROR', message: 'refused', ...errors[id] }
        return error
          ? { kind, id, success: false, error }
          : { kind, id, success: true, data: toData(item) }
      })
      return respond(Response.json({ success: true, data }))
    },
    refuse(status, code, headers = {}) {
      const error = { code, message: `${status} ${code}` }
      return respond(Response.json({ success: false, error }, { status, headers }))
    },
    lose,
  }
}

/** The items of a batch, or the one item of another request. */
function toItems(path: string, body: Record<string, unknown>): BatchItem[] {
  if (Array.isArray(body.items)) return body.items
  const [, run] = path.match(/^\/subscribe-(job|workflow)$/) ?? []
  if (run) return [{ ...body, kind: run } as BatchItem]
  return 'session_id' in body ? [{ kind: 'query', ...body } as BatchItem] : []
}

function toData({ kind, id }: BatchItem): unknown {
  if (kind === 'query') return []
  const words = { status: 'running', output: null, error: null }
  return kind === 'job'
    ? { job_id: id, progress: 0, message: null, ...words }
    : { workflow_id: id, step: null, steps: [], waiting_for: null, ...words }
}
