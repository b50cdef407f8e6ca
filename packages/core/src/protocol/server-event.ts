/** What a server of this version can do beyond Forge 0.10; said in `connected`. @see PROTOCOL.md, "Capabilities" */
export const capabilities = ['cancel-job', 'get-job', 'unsubscribe-job'] as const

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
  /** `job:<id>`, with the `id` the client registered. */
  target: string
  payload: unknown
}

/** Trouble with one target, or with the session: then `target` is `session` and the stream ends. */
export interface ErrorEvent {
  type: 'error'
  target: string
  code: string
  message: string
}

/** Everything a server sends on `GET /_api/events`. @see PROTOCOL.md, "Events" */
export type ServerEvent = ConnectedEvent | UpdateEvent | ErrorEvent

/** One event as Server-Sent Events carry it: the `event` field and the `data` field. */
export interface Frame {
  event: string
  data: string
}

/** The target of a job's updates: `job:` and the id it was registered under. */
export function jobTarget(id: string): string {
  return `job:${id}`
}
