import type { Capability, ServerEvent } from '../protocol/server-event.ts'
import type { JobSnapshot, WorkflowSnapshot } from '../protocol/snapshots.ts'

/** What the fake was asked. */
export interface FakeRequest {
  method: string
  /** Below `/_api`. */
  path: string
  /** Of a form: `{ args }`, with the files in them. */
  body: Record<string, unknown>
  headers: Headers
}

/** Answers a request instead of the fake; `undefined` leaves it to the fake. */
export type Intercept = (
  request: FakeRequest,
) => Promise<Response | undefined> | Response | undefined

/** How the fake behaves. */
export interface FakeGatewayOptions {
  /** What it offers beyond Forge 0.10. Default: everything; `[]` makes it a Forge, without revisions. */
  capabilities?: readonly Capability[]
  /** How often it says it pings, in seconds; it pings when told to. Default: 15; `null` says nothing, as Forge. */
  pingSecs?: number | null
  /**
   * How many sessions there may be at a time; a stream beyond is answered 429 `TOO_MANY_SESSIONS`. As at a Forge, a
   * session whose stream was cut counts until something is pushed on it, or until `sweepSessions()`. Default: any number.
   */
  maxSessions?: number
  /** The names that start a job. Default: every name that starts no workflow and is no query or mutation. */
  jobs?: readonly string[]
  /** The names that start a workflow. */
  workflows?: readonly string[]
  /** The queries, by name: what each would answer now. */
  queries?: Record<string, (args: unknown) => unknown>
  /** The mutations, by name: what each does and answers, also later. Files are where they stood in the arguments. */
  mutations?: Record<string, (args: unknown) => unknown>
  /** Which bearer tokens it takes; a request with another one is answered 401. Default: any, or none. */
  isAllowed?: (token: string | null) => boolean
}

/** A run of the fake: what a subscriber of it is told. */
export type FakeRun = JobSnapshot | WorkflowSnapshot

/** What `createFakeGateway` returns. */
export interface FakeGateway {
  /** Hand it to `createClient({ fetch })`. Works in browsers and in Node. */
  fetch: typeof fetch
  /** All that was asked, in order. */
  readonly requests: readonly FakeRequest[]
  /** How often a path was asked for. */
  count(path: string): number
  /** The targets that are registered on live streams. */
  registrations(): string[]
  /** How many streams are open. */
  openStreams(): number
  /** How many sessions count: those of open streams, and those that a Forge has not given up yet. */
  sessions(): number
  /**
   * What a Forge does to sessions on which it has pushed nothing for five minutes: it gives up those without a stream,
   * and ends the streams of the others.
   */
  sweepSessions(): void
  /** The id of the run that `name` started last. Throws when there is none. */
  last(name: string): string
  /** The run of this id as it is now. */
  run(id: string): FakeRun
  /** A job, as a start makes it. */
  createJob(fields?: Partial<JobSnapshot>): JobSnapshot
  /** A workflow, as a start makes it. */
  createWorkflow(fields?: Partial<WorkflowSnapshot>): WorkflowSnapshot
  /** A visible change of a run: one revision more, pushed to whoever has registered it. */
  update(id: string, fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): void
  /** A change that nobody is told of: lost on the way, or made between a snapshot and its registration. */
  updateSilently(id: string, fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): void
  /** Forgets a run: its next registration is answered 404. */
  forget(id: string): void
  /** Runs a query's watchers again and pushes what they would see now. */
  changed(query: string): void
  /**
   * From now on it cannot read changes, as while its database is away: it sends `stale`, and no
   * change until `goFresh()`. Without the capability `freshness` it sends no `stale`.
   */
  goStale(reason?: string): void
  /** It can read changes again: sends those of the meantime, then `fresh`. */
  goFresh(): void
  /** Says something on every stream, as it is. */
  send(event: ServerEvent): void
  /** Sends the comment that says the server is there. */
  ping(): void
  /** Cuts every stream: cleanly, or as a network failure. */
  drop(error?: Error): void
  /** From now on nothing gets through, as without a network; `reconnect()` ends it. */
  goOffline(): void
  goOnline(): void
  /** Answers requests in the fake's place, until it is set anew. */
  intercept(handler: Intercept): void
  /**
   * Loses answers, until it is set anew: the fake does what it was asked, and `fetch` rejects as when the network fails.
   * A stream is opened, and ends at the fake as well. Asked once per request, after it was done.
   */
  lose(isLost: (request: FakeRequest) => boolean): void
}
