import type { EngineConnection } from '../engines/engine.ts'
import type { Hub } from '../hub/hub.ts'
import type { GatewayOptions } from '../options.ts'
import type { Recorder } from '../runs/recorder.ts'
import type { RunStore } from '../runs/run-store.ts'
import type { Sessions } from '../sessions/sessions.ts'

/** What the handlers of requests work with. */
export interface HttpContext {
  options: Required<GatewayOptions>
  recorder: Recorder
  store: RunStore
  hub: Hub
  sessions: Sessions
  engine: EngineConnection
  /** Asks the database how it is: rejects when it does not answer. */
  readDatabaseHealth: () => Promise<{ notifyQueueUsage: number }>
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text is a UUID, the form of every id the gateway gives out. */
export function isUuid(text: string): boolean {
  return uuid.test(text)
}
