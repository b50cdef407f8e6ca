import type { Capability, ConnectedEvent } from '../protocol/server-event.ts'

/** One live stream at a server, and what goes into each registration. Never shown: it holds the secret. */
export interface Session {
  readonly id: string
  readonly secret: string
  /** What the server can do beyond Forge 0.10. */
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

/** Whether the session's server offers an extension. */
export function offers(session: Session, capability: Capability): boolean {
  return session.capabilities.has(capability)
}

/** Whether the session's server is a Forge: there a session outlives its stream by minutes. */
export function isForge({ capabilities }: Session): boolean {
  return capabilities.size === 0
}
