import type { ServerResponse } from 'node:http'

/**
 * The lines between the pages and the gateway. Each page sends its requests to `/line/<id>/_api/…`,
 * so that it can be cut off alone.
 */
export interface Lines {
  /** Takes a request of a line. False if the line is cut: its connection is reset, unanswered. */
  admit(line: string, response: ServerResponse): boolean
  /** Resets what is open on a line, and refuses all else until `connect`, or until `longestMs`. */
  cut(line: string): void
  connect(line: string): void
  /** Ends the timers. */
  close(): void
}

/** @param longestMs the longest cut, in milliseconds: nobody who forgets it stays cut off */
export function createLines(longestMs: number): Lines {
  const open = new Map<string, Set<ServerResponse>>()
  const cuts = new Map<string, NodeJS.Timeout>()
  const connect = (line: string): void => {
    clearTimeout(cuts.get(line))
    cuts.delete(line)
  }
  return {
    admit(line, response) {
      if (cuts.has(line)) {
        reset(response)
        return false
      }
      const responses = open.get(line) ?? new Set()
      open.set(line, responses.add(response))
      response.on('close', () => {
        responses.delete(response)
        if (responses.size === 0 && open.get(line) === responses) open.delete(line)
      })
      return true
    },
    cut(line) {
      connect(line)
      cuts.set(line, setTimeout(() => cuts.delete(line), longestMs).unref())
      for (const response of open.get(line) ?? []) reset(response)
    },
    connect,
    close() {
      for (const line of [...cuts.keys()]) connect(line)
    },
  }
}

/** [RFC 9293 3.10.7] A reset is how a page sees a broken network: no answer, nor an end. */
function reset({ socket }: ServerResponse): void {
  socket?.resetAndDestroy()
}
