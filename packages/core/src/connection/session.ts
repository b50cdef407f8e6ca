import type { BatchItem } from '../protocol/envelopes.ts'
import type { Capability, ConnectedEvent } from '../protocol/server-event.ts'
import { isForgeServer } from '../rpc/capabilities.ts'

/** One live stream at a server. It holds the secret for registrations: never show or log it. */
export interface Session {
  readonly id: string
  readonly secret: string
  /** The server's extensions of Forge 0.10. */
  readonly capabilities: ReadonlySet<string>
  /** The items in the request that opened the stream: their answers come in the stream. */
  readonly carried: ReadonlySet<BatchItem>
  /** Makes the members that name the session in one request. */
  credentials(): SessionCredentials
}

/** The members of a request that name its session. */
export interface SessionCredentials {
  session_id: string
  session_secret: string
  /** Grows with each request. @see PROTOCOL.md, "Several servers" */
  seq?: number
}

/**
 * The session that a `connected` event announces.
 *
 * @param carried the items of the request that opened the stream; `null` if it could carry none
 */
export function toSession(event: ConnectedEvent, carried: readonly BatchItem[] | null): Session {
  const { session_id, session_secret, capabilities } = event
  let seq = 0
  return {
    id: session_id,
    secret: session_secret,
    capabilities: new Set(capabilities),
    carried: new Set(carried),
    credentials: () => ({ session_id, session_secret, ...(carried && { seq: ++seq }) }),
  }
}

/** True if the session's server has this capability. */
export function offers(session: Session, capability: Capability): boolean {
  return session.capabilities.has(capability)
}

/** True if the session's server is a Forge. There a session outlives its stream by minutes. */
export function isForge({ capabilities }: Session): boolean {
  return isForgeServer(capabilities)
}
