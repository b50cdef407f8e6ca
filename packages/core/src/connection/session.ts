import type { Capability, ConnectedEvent } from '../protocol/server-event.ts'
import { isForgeServer } from '../rpc/capabilities.ts'

/** One live stream at a server. It holds the secret for registrations: never show or log it. */
export interface Session {
  readonly id: string
  readonly secret: string
  /** The server's extensions of Forge 0.10. */
  readonly capabilities: ReadonlySet<string>
}

/** The session that a `connected` event announces. */
export function toSession(event: ConnectedEvent): Session {
  return {
    id: event.session_id,
    secret: event.session_secret,
    capabilities: new Set(event.capabilities),
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
