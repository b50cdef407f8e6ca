import { Subscription } from 'rxjs'
import type { Connection } from '../connection/connection.ts'
import { isForge } from '../connection/session.ts'
import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'

/**
 * Says whether the page needs a stream: from its first followed target until `lingerMs` after its
 * last one.
 */
export interface StreamDemand {
  /** The page follows a target: opens the stream, or keeps it. */
  begin(connection: Connection): void
  /** The page follows nothing any more: closes the stream after a while. */
  end(connection: Connection): void
  /** The session ended: a stream that the page does not need is not opened again. */
  onSessionEnd(connection: Connection): void
  close(): void
}

/** Creates the demand of one client. At first there is none. */
export function createStreamDemand({
  lingerMs,
  scheduler,
}: Pick<ResolvedOptions, 'lingerMs' | 'scheduler'>): StreamDemand {
  let lingering = Subscription.EMPTY
  let isOver = false
  return {
    begin(connection) {
      lingering.unsubscribe()
      isOver = false
      connection.dispatch({ type: 'wanted' })
    },
    end(connection) {
      // A closed client has no timers.
      if (connection.state.getSnapshot().status === 'closed') {
        return connection.dispatch({ type: 'lingered' })
      }
      lingering = after(lingerMs, scheduler).subscribe(() => {
        isOver = true
        const session = connection.session.getSnapshot()
        // A Forge keeps the session for minutes after its stream ends, and the next run would need
        // a second session. There the stream stays open until the server ends it.
        if (!session || !isForge(session)) connection.dispatch({ type: 'lingered' })
      })
    },
    onSessionEnd(connection) {
      if (isOver) connection.dispatch({ type: 'lingered' })
    },
    close: () => lingering.unsubscribe(),
  }
}
