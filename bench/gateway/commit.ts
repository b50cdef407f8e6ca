import { toUuid } from '../state.ts'
import type { Database } from './database.ts'
import type { LoadDone, LoadOrder } from './load.ts'
import { start } from './processes.ts'
import { now } from './readers.ts'

/** From a commit, as its writer sees it, to the bytes at those who watch, in milliseconds. */
export interface Latency {
  p50: number
  p99: number
  /** Until the last of them has it, in the median. */
  last: number
}

const commits = 100

/** Runs one server on the database, with so many watchers of one run, and commits to it again and again. */
export async function measureCommits(
  peer: string,
  { url, client }: Database,
  watchers: number,
): Promise<Latency> {
  const server = start<object, number>('serve-database.js', 0, peer, url)
  const load = start<LoadOrder, LoadDone>('load.js', 1)
  await load.ask({ type: 'open', port: await server.next(), streams: watchers })
  await load.ask({ type: 'register', isShared: true })
  const all: number[] = []
  const last: number[] = []
  for (let commit = 0; commit < commits; commit += 1) {
    await load.ask({ type: 'expect', events: watchers, isTimed: true })
    const received = load.next()
    await client.query('select headway.progress($1, $2, $3)', [toUuid(0), commit, `row ${commit}`])
    const committedAt = now()
    const { times, at } = await received
    // What comes before the writer hears that it has committed comes at once.
    all.push(...times.map((time) => Math.max(0, time - committedAt)))
    last.push(at - committedAt)
  }
  await Promise.all([server.stop(), load.stop()])
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99), last: quantile(last, 0.5) }
}

/** The value that this part of them does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
