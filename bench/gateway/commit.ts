import type pg from 'pg'
import { toUuid } from '../state.ts'
import type { Database } from './database.ts'
import type { LoadDone, LoadOrder } from './load.ts'
import { type Helper, start } from './processes.ts'
import { now } from './readers.ts'

/** The time from a commit, as its writer sees it, to the bytes at the watchers, in milliseconds. */
export interface Latency {
  p50: number
  p99: number
  /** The median of the time until the last watcher has it. */
  last: number
}

const commits = 100

/** Runs one server with a number of watchers of one run, and commits to that run repeatedly. */
export async function measureCommits(
  peer: string,
  { url, client }: Database,
  watchers: number,
): Promise<Latency> {
  const server = start<object, number>('serve-database.js', 0, peer, url)
  const load = start<LoadOrder, LoadDone>('load.js', 1)
  await load.ask({ type: 'open', port: await server.next(), streams: watchers })
  await load.ask({ type: 'register', isShared: true })
  const latency = await timeCommits(load, client, watchers)
  await Promise.all([server.stop(), load.stop()])
  return latency
}

/** Commits to the first run repeatedly, which this number of readers watch. */
export async function timeCommits(
  load: Helper<LoadOrder, LoadDone>,
  client: pg.Client,
  watchers: number,
): Promise<Latency> {
  const all: number[] = []
  const last: number[] = []
  for (let commit = 0; commit < commits; commit += 1) {
    await load.ask({ type: 'expect', events: watchers, isTimed: true })
    const received = load.next()
    await client.query('select headway.progress($1, $2, $3)', [toUuid(0), commit, `row ${commit}`])
    const committedAt = now()
    const { times, at } = await received
    // An event before the writer's own answer counts as 0 ms.
    all.push(...times.map((time) => Math.max(0, time - committedAt)))
    last.push(at - committedAt)
  }
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99), last: quantile(last, 0.5) }
}

/** The quantile of values; `part` is 0 to 1. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
