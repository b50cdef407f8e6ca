import type { BatchAnswer } from './envelopes.ts'

/**
 * All extensions of Forge 0.10. A server lists those that it has in `connected` and in a header of
 * every answer.
 *
 * @see PROTOCOL.md, "Capabilities"
 */
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
  'stream-answers',
  'times',
  'lists',
  'totals',
  'position',
  'groups',
] as const

/** One extension that a server can have. */
export type Capability = (typeof capabilities)[number]

/** The first event of every stream: the session, and the secret for its registrations. */
export interface ConnectedEvent {
  type: 'connected'
  session_id: string
  session_secret: string
  /** Absent on Forge. May contain words that this version does not know. */
  capabilities?: string[]
  /** The server is never silent for longer than this, in seconds. Absent on Forge. */
  ping_secs?: number
  /** The time by the clock of the times in snapshots, in epoch milliseconds. Absent on Forge. */
  now?: number
}

/** Answers to registrations, on a stream that was opened with POST. */
export interface AnswersEvent {
  type: 'answers'
  answers: BatchAnswer[]
}

/** The whole new state of one target. */
export interface UpdateEvent {
  type: 'update'
  /** `job:`, `wf:` or `sub:`, and the `id` the client registered. */
  target: string
  payload: unknown
  /** Only for a query, whose result cannot hold it. A run has its revision in the payload. */
  revision?: number
}

/** An error of one target, or of the session: then `target` is `session` and the stream ends. */
export interface ErrorEvent {
  type: 'error'
  target: string
  code: string
  message: string
}

/** The server skipped states of one target, so the client's state may be old. */
export interface GapEvent {
  type: 'gap'
  target: string
}

/** The server can no longer receive or read changes, so all states may be old. */
export interface StaleEvent {
  type: 'stale'
  /** One word, such as `database`. */
  reason: string
}

/** The server can read changes again, and has sent the changes of every registered target. */
export interface FreshEvent {
  type: 'fresh'
}

/** All events of the stream `/_api/events`. @see PROTOCOL.md, "Events" */
export type ServerEvent =
  | ConnectedEvent
  | AnswersEvent
  | UpdateEvent
  | ErrorEvent
  | GapEvent
  | StaleEvent
  | FreshEvent

/** One event as text: the `event` and `data` fields of Server-Sent Events. */
export interface Frame {
  event: string
  data: string
}
