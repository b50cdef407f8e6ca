import { Subscription } from 'rxjs'
import type { Connection } from '../connection/connection.ts'
import { isForge } from '../connection/session.ts'
import type { ResolvedOptions } from '../options.ts'
import { after } from '../time/after.ts'

/** Opens the stream when the page follows something, and closes it a while after the page follows nothing. */
export interface Linger {
  /** The page follows a target. */
  cancel(connection: Connection): void
  /** The page follows nothing any more. */
  begin(connection: Connection): void
  /** The session ended: a stream that the page does not need is not opened again. */
  onSessionEnd(connection: Connection): void
  close(): void
}

/** Creates the timer that closes a stream after `lingerMs`. */
export function createLinger({
  lingerMs,
  scheduler,
}: Pick<ResolvedOptions, 'lingerMs' | 'scheduler'>): Linger {
  let waiting = Subscription.EMPTY
  let isOver = false
  return {
    cancel(connection) {
      waiting.unsubscribe()
      isOver = false
      connection.dispatch({ type: 'wanted' })
    },
    begin(connection) {
      if (connection.state.getSnapshot().status === 'closed') {
        return connection.dispatch({ type: 'lingered' })
      }
      waiting = after(lingerMs, scheduler).subscribe(() => {
        isOver = true
        const session = connection.session.getSnapshot()
        // A Forge keeps the session for minutes after its stream, and the next run would cost another
        // one. So there the stream stays open until the server ends it.
        if (!session || !isForge(session)) connection.dispatch({ type: 'lingered' })
      })
    },
    onSessionEnd(connection) {
      if (isOver) connection.dispatch({ type: 'lingered' })
    },
    close: () => waiting.unsubscribe(),
  }
}
