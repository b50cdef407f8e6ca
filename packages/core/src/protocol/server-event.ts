/** What a server can do beyond Forge 0.10; said in `connected`, and in a header of every answer. @see PROTOCOL.md, "Capabilities" */
export const capabilities = [
  'revisions',
  'subscribe-batch',
  'unsubscribe',
  'unsubscribe-batch',
  'get',
  'cancel',
  'retry',
  'idempotent-start',
  'events',
  'freshness',
] as const

/** One extension of the wire that a server offers. */
export type Capability = (typeof capabilities)[number]

/** The first event of every stream: the session, and the secret that goes with its registrations. */
export interface ConnectedEvent {
  type: 'connected'
  session_id: string
  session_secret: string
  /** Absent on Forge. May hold words this version does not know. */
  capabilities?: string[]
  /** How often the server sends a byte at least, in seconds. Absent on Forge. */
  ping_secs?: number
}

/** A new whole state of one target. */
export interface UpdateEvent {
  type: 'update'
  /** `job:`, `wf:` or `sub:`, and the `id` the client registered. */
  target: string
  payload: unknown
  /** Of a query's result, which has no place for it. Runs carry theirs in the payload. */
  revision?: number
}

/** Trouble with one target, or with the session: then `target` is `session` and the stream ends. */
export interface ErrorEvent {
  type: 'error'
  target: string
  code: string
  message: string
}

/** States of one target were skipped: what the client shows of it may be old. */
export interface GapEvent {
  type: 'gap'
  target: string
}

/** From now on the server cannot receive or read changes: a client may show old states. */
export interface StaleEvent {
  type: 'stale'
  /** Why, in one word: `database`. */
  reason: string
}

/** The server can read changes again: it has read every registered target and sent the changes. */
export interface FreshEvent {
  type: 'fresh'
}

/** Everything a server sends on `GET /_api/events`. @see PROTOCOL.md, "Events" */
export type ServerEvent =
  | ConnectedEvent
  | UpdateEvent
  | ErrorEvent
  | GapEvent
  | StaleEvent
  | FreshEvent

/** One event as Server-Sent Events carry it: the `event` field and the `data` field. */
export interface Frame {
  event: string
  data: string
}

/** What a registration can name. */
export type TargetKind = 'job' | 'workflow' | 'query'

const prefixes: Record<TargetKind, string> = { job: 'job:', workflow: 'wf:', query: 'sub:' }

const targetKinds: readonly TargetKind[] = ['job', 'workflow', 'query']

/** The target of what was registered under `id`. */
export function toTarget(kind: TargetKind, id: string): string {
  return prefixes[kind] + id
}

/** What kind of target is written in `text` from `from` on; `undefined` when it is none of ours. */
export function targetKind(text: string, from = 0): TargetKind | undefined {
  for (const kind of targetKinds) if (text.startsWith(prefixes[kind], from)) return kind
  return undefined
}

/** How many characters come before the `id` in a target. */
export function prefixLength(kind: TargetKind): number {
  return prefixes[kind].length
}
