import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { job, type ServerJob } from '@headway/gateway'
import pg from 'pg'
import * as v from 'valibot'
import { paceMs } from '../pace.ts'
import { type CsvUser, readUsersCsv } from './read-users-csv.ts'

const input = v.object({ file: v.pipe(v.string(), v.uuid()) })

export interface ImportOptions {
  database: string
  /** The folder of the uploaded files. */
  folder: string
}

const batchRows = 250

/**
 * Imports the users of an uploaded CSV, 250 rows at a time, then removes the file, also after a
 * failure. The whole file is checked before the first row is written. Existing users are
 * overwritten.
 */
export function importUsers({
  database,
  folder,
}: ImportOptions): ServerJob<{ file: string }, { rows: number }> {
  return job({
    input,
    run: async (ctx, { file }) => {
      const path = join(folder, `${file}.csv`)
      const client = new pg.Client({ connectionString: database })
      // Without a listener a lost connection ends the worker; with one, the next statement fails.
      client.on('error', () => undefined)
      try {
        await client.connect()
        ctx.progress(0, 'checking the file')
        const rows = await countUsers(path, ctx.signal)
        let done = 0
        for await (const users of inBatches(readUsersCsv(path, ctx.signal))) {
          await upsert(client, users)
          done += users.length
          ctx.progress((100 * done) / rows, `row ${formatCount(done)} of ${formatCount(rows)}`)
          await wait(paceMs, undefined, { signal: ctx.signal })
        }
        return { rows }
      } finally {
        await rm(path, { force: true })
        await client.end()
      }
    },
  })
}

async function countUsers(path: string, signal: AbortSignal): Promise<number> {
  let count = 0
  for await (const _ of readUsersCsv(path, signal)) count += 1
  return count
}

async function* inBatches(users: AsyncIterable<CsvUser>): AsyncGenerator<CsvUser[]> {
  let batch: CsvUser[] = []
  for await (const user of users) {
    batch.push(user)
    if (batch.length < batchRows) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

async function upsert(client: pg.Client, users: readonly CsvUser[]): Promise<void> {
  // One statement can write a row only once: of two lines with the same email the later one counts.
  const last = [...new Map(users.map((user) => [user.email, user])).values()]
  await client.query(upsertUsers, [
    last.map(({ email }) => email),
    last.map(({ name }) => name),
    last.map(({ country }) => country),
  ])
}

function formatCount(count: number): string {
  return count.toLocaleString('en')
}

const upsertUsers = `
  insert into imported_users (email, name, country)
  select * from unnest($1::text[], $2::text[], $3::text[])
      on conflict (email) do update
         set name = excluded.name, country = excluded.country, imported_at = now()`
