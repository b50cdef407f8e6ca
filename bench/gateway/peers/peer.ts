import type { IncomingMessage, ServerResponse } from 'node:http'

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

/** The n-th UUID. */
export function toUuid(index: number): string {
  return `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

/** The run that is stream `n`'s own; those that all share come first. */
export function ownRunOf(stream: number): string {
  return toUuid(sharedRuns + stream)
}

/** A run that moves on: the state every server sends. */
export function toState(runId: string, revision: number) {
  return {
    job_id: runId,
    status: 'running' as const,
    progress: revision % 100,
    message: `row ${revision * 1_000} of 10,000,000`,
    output: null,
    error: null,
    revision,
    attempt: 1,
  }
}

/** The number in `?stream=`. */
export function streamOf({ url = '' }: IncomingMessage): number {
  return Number(new URL(url, 'http://bench').searchParams.get('stream'))
}

/** Until what was written in this turn is on its way. */
export function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
