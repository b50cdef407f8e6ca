import { Socket } from 'node:net'
import type pg from 'pg'

/**
 * Ends a connection that owes an answer and has been silent for `limitMs`: a firewall has forgotten
 * it, or its host is gone. TCP would wait for a quarter of an hour. An idle connection, or one that
 * waits for notifications, may be silent.
 */
export function endWhenSilent(client: pg.ClientBase, limitMs: number): void {
  const stream = streamOf(client)
  const owesAnswer = (): boolean => 'readyForQuery' in client && client.readyForQuery === false
  stream?.setTimeout(limitMs, () => {
    // A statement that is sent from now on has the whole time again.
    if (!owesAnswer()) return
    const { bytesRead } = stream
    // After a busy or paused time, timers fire before received bytes are read.
    setImmediate(() => {
      const isSilent = owesAnswer() && stream.bytesRead === bytesRead
      if (isSilent) stream.destroy(new Error(`Connection terminated: silent for ${limitMs} ms`))
    })
  })
}

/** `pg` has the socket, but its types do not show it. */
function streamOf(client: pg.ClientBase): Socket | null {
  const connection: unknown = 'connection' in client ? client.connection : null
  if (typeof connection !== 'object' || connection === null || !('stream' in connection))
    return null
  return connection.stream instanceof Socket ? connection.stream : null
}
