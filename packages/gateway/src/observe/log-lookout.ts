import type { LastLine, QueueReader } from './queue-reader.ts'

/** Looks at the logs of active jobs: a new line makes no event. */
export interface LogLookout {
  /** Reads the active jobs whose last line is another one than when it was last read. */
  look(read: (jobIds: string[]) => Promise<unknown>): Promise<void>
}

/** The interval of looks, in milliseconds, and the maximum number of jobs of one. */
const [everyMs, atOnce] = [1_000, 1_000]

/** A lookout for one queue. Of more active jobs than it takes at once, it looks at some in turn. */
export function createLogLookout(
  reader: Pick<QueueReader, 'lastLines'>,
  queue: string,
  now: () => number,
): LogLookout {
  let lookAtMs = Number.NEGATIVE_INFINITY
  let from = 0
  /** The last line of each job, as a digest: those seen since the list began, and before. */
  let [seen, before] = [new Map<string, string>(), new Map<string, string>()]
  return {
    async look(read) {
      if (now() < lookAtMs) return
      lookAtMs = now() + everyMs
      const { isLast, lines } = await reader.lastLines(queue, from, atOnce)
      const isNew = ({ id, digest }: LastLine): boolean =>
        digest !== (seen.get(id) ?? before.get(id))
      const grown = lines.filter(isNew)
      if (grown.length > 0) await read(grown.map(({ id }) => id))
      for (const { id, digest } of lines) seen.set(id, digest)
      from = isLast ? 0 : from + atOnce
      // Jobs that are not active any more are forgotten.
      if (isLast) [seen, before] = [new Map(), seen]
    },
  }
}
