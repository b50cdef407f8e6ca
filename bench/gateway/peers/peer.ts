import type { IncomingMessage, ServerResponse } from 'node:http'
import { toUuid } from '../../state.ts'

/** How many runs every stream watches, beside the one of its own. */
export const sharedRuns = 16

/** A server of event streams. Stream `n` is opened by `GET /_api/events?stream=n`. */
export interface Peer {
  listener: (request: IncomingMessage, response: ServerResponse) => void
  /** In one turn, the first `runs` shared runs move on: every stream is told of each. Resolves when it is written. */
  broadcast(runs: number): Promise<void>
  /** In one turn, the own runs of these streams move on: each stream is told of its own. */
  unicast(streams: readonly number[]): Promise<void>
}

/** The run that is stream `n`'s own; those that all share come first. */
export function ownRunOf(stream: number): string {
  return toUuid(sharedRuns + stream)
}

/** The number in `?stream=`. */
export function streamOf({ url = '' }: IncomingMessage): number {
  return Number(new URL(url, 'http://bench').searchParams.get('stream'))
}

/** Until what was written in this turn is on its way. */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
