import type { IncomingMessage, ServerResponse } from 'node:http'
import { toUuid } from '../../state.ts'

/** The number of shared runs. Each stream watches them and one run of its own. */
export const sharedRuns = 16

/** A server of event streams. Stream `n` is opened by `GET /_api/events?stream=n`. */
export interface Peer {
  listener: (request: IncomingMessage, response: ServerResponse) => void
  /** Changes the first `runs` shared runs in one turn and sends each to every stream. */
  broadcast(runs: number): Promise<void>
  /** Changes the own runs of these streams in one turn and sends each to its stream. */
  unicast(streams: readonly number[]): Promise<void>
}

/** The number of stream `n`'s own run. The shared runs come first. */
export function ownRunOf(stream: number): string {
  return toUuid(sharedRuns + stream)
}

/** The `n` of a request's `?stream=n`. */
export function streamOf({ url = '' }: IncomingMessage): number {
  return Number(new URL(url, 'http://bench').searchParams.get('stream'))
}

/** Resolves when the writes of this turn have left. */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
