import type { Capability, ServerEvent } from '../protocol/server-event.ts'
import type { JobSnapshot, WorkflowSnapshot } from '../protocol/snapshots.ts'

/** A request to the fake. */
export interface FakeRequest {
  method: string
  /** Below `/_api`. */
  path: string
  /** The query of its URL. */
  params: URLSearchParams
  /** For a form: `{ args }`, with the files placed in the arguments. */
  body: Record<string, unknown>
  headers: Headers
}

/** Answers a request in place of the fake. For `undefined`, the fake answers. */
export type Intercept = (
  request: FakeRequest,
) => Promise<Response | undefined> | Response | undefined

/** Options of {@link createFakeGateway}. */
export interface FakeGatewayOptions {
  /**
   * Its extensions of Forge 0.10. Default: all. With `[]` it behaves like a Forge, without
   * revisions.
   */
  capabilities?: readonly Capability[]
  /**
   * The ping interval that it announces, in seconds. `null` announces none, as Forge. It pings only
   * when you call `ping()`. Default: 15.
   */
  pingSecs?: number | null
  /**
   * The most sessions at the same time. A further stream is answered 429 `TOO_MANY_SESSIONS`. As on
   * Forge, a session whose stream was cut counts until something is pushed on it, or until
   * `sweepSessions()`. Default: no limit.
   */
  maxSessions?: number
  /** The names of jobs. Default: every name that the other options do not contain. */
  jobs?: readonly string[]
  /** The names of workflows. */
  workflows?: readonly string[]
  /**
   * The queries, by name. Each returns the current result. If no page watches it, it may return a
   * promise.
   */
  queries?: Record<string, (args: unknown) => unknown>
  /**
   * The mutations, by name. Each returns its answer, or a promise of it. Arguments contain their
   * files.
   */
  mutations?: Record<string, (args: unknown) => unknown>
  /** Its clock, in epoch milliseconds. Default: the platform's. */
  now?: () => number
  /** Returns false for a bearer token to refuse with 401. Default: every request is allowed. */
  isAllowed?: (token: string | null) => boolean
}

/** The state of a run at the fake, as clients receive it. */
export type FakeRun = JobSnapshot | WorkflowSnapshot

/** The name, title, tags and owner of a run, for lists. */
export interface FakeLabels {
  /** The name of its definition. Default: `job` or `workflow`. */
  name?: string
  title?: string | null
  tags?: readonly string[]
  /** Default: `null`. The fake's own user has the runs without an owner. */
  owner?: string | null
  /** The id of the run that it is a child of. Default: `null`. */
  parent?: string | null
}

/** A fake gateway: its `fetch`, and the controls for a test. */
export interface FakeGateway {
  /** Pass it to `createClient({ fetch })`. Works in browsers and in Node. */
  fetch: typeof fetch
  /** All requests so far, in order. */
  readonly requests: readonly FakeRequest[]
  /** The time by its clock, in epoch milliseconds. */
  now(): number
  /** The number of requests to a path. */
  count(path: string): number
  /** The targets that are registered on open streams. */
  registrations(): string[]
  /** The number of open streams. */
  openStreams(): number
  /**
   * The number of sessions that count: of open streams, and of cut streams that Forge still counts.
   */
  sessions(): number
  /**
   * Does what Forge does to sessions without a push for five minutes: it ends those without a
   * stream, and closes the streams of the others.
   */
  sweepSessions(): void
  /** The id of the last run or group that `name` started. Throws if there is none. */
  last(name: string): string
  /** The current state of a run. Throws for an unknown id. */
  run(id: string): FakeRun
  /** The ids of the children of a run, in their order. */
  children(id: string): string[]
  /** Creates a job, as a start does. */
  createJob(fields?: Partial<JobSnapshot>, labels?: FakeLabels): JobSnapshot
  /** Creates a workflow, as a start does. */
  createWorkflow(fields?: Partial<WorkflowSnapshot>, labels?: FakeLabels): WorkflowSnapshot
  /** Changes a run, with the next revision, and pushes it to all clients that registered it. */
  update(id: string, fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): void
  /** Changes a run without a push, as if the push was lost. */
  updateSilently(id: string, fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): void
  /**
   * Deletes a run: its next registration is answered 404, and it leaves the lists. A stream that
   * still has a registration of its end, as those of Forge's clients, gets `not_found`.
   */
  forget(id: string): void
  /** Runs a query again for all its watchers, and pushes the results. */
  changed(query: string): void
  /**
   * Stops reading changes, as if its database was down: it sends `stale`, and no change until
   * `goFresh()`. Without the capability `freshness` it sends no `stale`.
   */
  goStale(reason?: string): void
  /** Reads changes again: it sends those since `goStale()`, then `fresh`. */
  goFresh(): void
  /** Sends an event on every stream. */
  send(event: ServerEvent): void
  /** Sends a ping on every stream. */
  ping(): void
  /** Cuts every stream: cleanly, or with `error` as a network failure. */
  drop(error?: Error): void
  /** Cuts the network: streams end and requests fail until `goOnline()`. */
  goOffline(): void
  goOnline(): void
  /** Sets the function that answers requests in place of the fake. */
  intercept(handler: Intercept): void
  /**
   * Sets which answers are lost. The fake handles the request, then `fetch` rejects as in a network
   * failure. A stream is opened, and ended on the side of the fake, too. `isLost` is called once
   * per request, after it was handled.
   */
  lose(isLost: (request: FakeRequest) => boolean): void
}
