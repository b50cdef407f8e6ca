import type { ServerEvent } from './server-event.ts'

/** A comment: no event, but a byte, so that both ends know the other is there. */
export const ping = ': ping\n\n'

/** One event as Server-Sent Events text: its type as `event`, compact JSON as the one `data` line. */
export function encodeEvent(event: ServerEvent): string {
  // [spec] data lines end at a line feed; JSON.stringify without indentation writes none.
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
