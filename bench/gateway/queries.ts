import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { query } from '../../packages/gateway/src/app/query.ts'
import { listenForChanges } from '../../packages/gateway/src/live/listen-for-changes.ts'
import { createLiveQueries } from '../../packages/gateway/src/live/live-queries.ts'
import { createRunQuery } from '../../packages/gateway/src/queries/run-query.ts'
import { createWatchedTables } from '../../packages/gateway/src/queries/watched-tables.ts'
import { createOutboxes } from '../../packages/gateway/src/streams/outbox.ts'
import { quantile } from './commit.ts'
import type { Database } from './database.ts'
import { now } from './readers.ts'

/** The cost of keeping a thousand subscribers of ten queries up to date. */
export interface QueryCost {
  /** Rows written per second, each in its own transaction. */
  writes: number
  /** Statements per second at the database, without the writes. */
  statements: number
  /**
   * The age of the newest row at a subscriber, in milliseconds, in the first and the last third.
   */
  early: number
  late: number
}

/** Keeps subscribers up to date until it is stopped, and records the rows that each saw. */
type Keep = (pool: pg.Pool, url: string, told: (writtenAt: number) => void) => Promise<() => void>

const [subscribers, distinct, seconds, writesPerSecond] = [1_000, 10, 9, 1_000]
const text = 'select max(written_at)::float8 as at from bench_row where team ='
const logger = pino({ level: 'silent' })

/** The gateway with its defaults: it runs a shared query once. */
const headway: Keep = async (pool, url, told) => {
  const watched = createWatchedTables(pool)
  const live = createLiveQueries(createRunQuery(pool, watched, 5), { logger, maskErrors: true }, 6)
  const definition = query({
    run: ({ sql, input }: { sql: import('@headway/gateway').Sql; input: number }) =>
      sql`select max(written_at)::float8 as at from bench_row where team = ${input}`,
  })
  const outboxes = createOutboxes()
  for (let index = 0; index < subscribers; index += 1) {
    const outbox = outboxes.open((batch) => {
      const at = batch
        .bytes()
        .toString()
        .match(/"at":([\d.]+)/)?.[1]
      if (at) told(Number(at))
      return true
    })
    const input = index % distinct
    const asked = { name: 'newest', definition, principal: null, args: input, argsBytes: 1, input }
    const watcher = live.watch(asked, { target: `sub:${index}`, outbox, seq: 0 })
    live.answered(watcher, await live.result(watcher))
  }
  const nothing = (): void => undefined
  const changes = await listenForChanges({ database: url, pool }, logger, 'unused', {
    runChanged: nothing,
    tableChanged: live.changed,
    familyChanged: nothing,
    notified: nothing,
    marked: nothing,
    left: nothing,
    listening: nothing,
    lost: nothing,
  })
  return () => {
    changes.close()
    live.close()
  }
}

/** A server by hand: each subscriber queries again after a notification, at most every 200 ms. */
const naive: Keep = async (pool, url, told) => {
  const listener = new pg.Client({ connectionString: url })
  await listener.connect()
  let changes = 0
  let isOver = false
  listener.on('notification', () => {
    changes += 1
  })
  await listener.query('listen headway_table')
  const subscribe = async (team: number): Promise<void> => {
    for (let seen = 0; !isOver; ) {
      if (seen === changes) {
        await wait(10)
        continue
      }
      seen = changes
      const { rows } = await pool.query<{ at: number }>(`${text} $1`, [team])
      if (rows[0]) told(rows[0].at)
      await wait(200)
    }
  }
  for (let index = 0; index < subscribers; index += 1) void subscribe(index % distinct)
  return () => {
    isOver = true
    void listener.end()
  }
}

const peers: Record<string, Keep> = { headway, naive }

/** The gateway runs a query in a transaction: begin, time limit, query, commit. */
const statementsPerRun: Record<string, number> = { headway: 4, naive: 1 }

/** Writes a thousand rows per second, with a thousand subscribers. */
export async function measureQueries(peer: string, { url }: Database): Promise<QueryCost> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  const writer = new pg.Client({ connectionString: url })
  await writer.connect()
  await writer.query(`
    drop table if exists bench_row;
    create table bench_row (id bigint generated always as identity, team integer, written_at float8);
    create index on bench_row (team, written_at);
    select headway.watch_table('bench_row')`)
  // The machine's disk is not measured.
  await writer.query('set synchronous_commit = off')
  const lags: { at: number; lag: number }[] = []
  const stop = await peers[peer]?.(pool, url, (writtenAt) => {
    const at = now()
    if (writtenAt > 0) lags.push({ at, lag: at - writtenAt })
  })
  let statements = 0
  pool.on('acquire', () => {
    statements += statementsPerRun[peer] ?? 1
  })
  const beganAt = now()
  const insert = 'insert into bench_row (team, written_at) values ($1, $2)'
  let written = 0
  while (now() - beganAt < seconds * 1_000) {
    const due = ((now() - beganAt) * writesPerSecond) / 1_000
    const writing: Promise<unknown>[] = []
    for (; written < due; written += 1) {
      writing.push(writer.query(insert, [written % distinct, now()]))
    }
    await Promise.all(writing)
    await wait(5)
  }
  const total = (now() - beganAt) / 1_000
  const perSecond = statements / total
  stop?.()
  await wait(500)
  await Promise.all([pool.end(), writer.end()])
  const third = (seconds * 1_000) / 3
  const within = (from: number): number[] =>
    lags
      .filter(({ at }) => at >= beganAt + from && at < beganAt + from + third)
      .map(({ lag }) => lag)
  const late = quantile(within(2 * third), 0.5)
  return { writes: written / total, statements: perSecond, early: quantile(within(0), 0.5), late }
}
