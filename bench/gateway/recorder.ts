import pg from 'pg'
import { pino } from 'pino'
import { createProgressWriter } from '../../packages/gateway/src/runs/progress-writer.ts'
import { toUuid } from '../state.ts'
import type { Database } from './database.ts'
import { now } from './readers.ts'

/** Rows written per second by 16 writers, each time a row's progress moves on. */
export interface Recorded {
  /** One UPDATE per report, without a notification. */
  plain: number
  /** One UPDATE with a notification per report, as with a trigger. */
  notified: number
  /** Our recorder with notifications. Each report is of another run, so that it can drop none. */
  recorder: number
}

const writers = 16
const seconds = 2
const update = `update headway.run set progress = $2, message = $3, updated_at = now(), revision = revision + 1
  where id = $1`

/** @param runs the number of runs, with the ids 0, 1, … */
export async function measureRecorder({ url }: Database, runs: number): Promise<Recorded> {
  const plain = await writeEach(url, runs, update)
  const notified = await writeEach(
    url,
    runs,
    `with written as (${update} returning id) select pg_notify('bench_run', id::text) from written`,
  )
  return { plain, notified, recorder: await record(url, runs) }
}

async function writeEach(url: string, runs: number, text: string): Promise<number> {
  const endsAt = now() + seconds * 1_000
  const counts = Array.from({ length: writers }, async (_, writer) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    let count = 0
    for (; now() < endsAt; count += 1) {
      const run = (writer + count * writers) % runs
      const values = [toUuid(run), count % 100, `row ${count}`]
      await client.query({ name: 'write', text, values })
    }
    await client.end()
    return count
  })
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return total / seconds
}

async function record(url: string, runs: number): Promise<number> {
  const options = '-c synchronous_commit=off'
  const pool = new pg.Pool({ connectionString: url, max: 1, options })
  let written = 0
  let isIdle = (): void => undefined
  const counted = {
    async query(text: string, values: unknown[]) {
      const { rowCount } = await pool.query(text, values)
      written += rowCount ?? 0
      isIdle()
    },
  }
  const progress = createProgressWriter(counted, pino({ level: 'silent' }))
  const startedAt = now()
  for (let round = 1; now() - startedAt < seconds * 1_000; round += 1) {
    const isWritten = new Promise<void>((resolve) => (isIdle = resolve))
    for (let run = 0; run < runs; run += 1) {
      progress.report(toUuid(run), {
        ...{ attempt: 1, percent: round % 100, message: `round ${round}` },
        ...{ done: null, total: null, unit: null },
      })
    }
    await isWritten
  }
  const rate = (written / (now() - startedAt)) * 1_000
  progress.close()
  await pool.end()
  return rate
}
