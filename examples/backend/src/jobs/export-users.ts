import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { type JobContext, job, type ServerJob } from '@headway/gateway'
import { stringify } from 'csv-stringify/sync'
import pg from 'pg'
import * as v from 'valibot'
import { dropOldExports, exportFile, keepExport } from '../kept-exports.ts'
import { paceMs } from '../pace.ts'

const input = v.object({ format: v.picklist(['csv', 'json']) })

type Args = v.InferOutput<typeof input>

/** The output of the job. */
export interface ExportResult {
  downloadUrl: string
  rows: number
}

export interface ExportOptions {
  database: string
  /** The folder for the exported files. */
  folder: string
}

interface User {
  id: number
  name: string
  email: string
  country: string
  signed_up: string
}

const columns: readonly (keyof User)[] = ['id', 'name', 'email', 'country', 'signed_up']
const chunkRows = 1_000

/** Writes all users to a file, 1,000 rows at a time, and returns the file's URL. */
export function exportUsers({ database, folder }: ExportOptions): ServerJob<Args, ExportResult> {
  return job({
    input,
    run: async (ctx, { format }) => {
      await mkdir(folder, { recursive: true })
      const kept = { id: ctx.id, format }
      const file = exportFile(folder, kept)
      // The file has another name until it is complete, so that half an export is never served.
      const part = `${file}.part`
      const client = new pg.Client({ connectionString: database })
      // Without a listener a lost connection ends the worker; with one, the next statement fails.
      client.on('error', () => undefined)
      await client.connect()
      try {
        const rows = await countUsers(client)
        const chunks = format === 'csv' ? toCsv(client, ctx, rows) : toJson(client, ctx, rows)
        await pipeline(Readable.from(chunks), createWriteStream(part), { signal: ctx.signal })
        await rename(part, file)
        await keepExport(client, folder, { ...kept, rows })
        await dropOldExports(client, folder)
        return { downloadUrl: `/exports/${ctx.id}.${format}`, rows }
      } finally {
        await rm(part, { force: true })
        await client.end()
      }
    },
  })
}

async function* toCsv(client: pg.Client, ctx: JobContext, rows: number): AsyncGenerator<string> {
  yield stringify([[...columns]])
  for await (const users of readUsers(client, ctx, rows)) {
    yield stringify(users, { columns: [...columns] })
  }
}

async function* toJson(client: pg.Client, ctx: JobContext, rows: number): AsyncGenerator<string> {
  let separator = '[\n'
  for await (const users of readUsers(client, ctx, rows)) {
    for (const user of users) {
      yield separator + JSON.stringify(user)
      separator = ',\n'
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

/** All users in chunks, paged by key: a row added meanwhile shifts no other row. */
async function* readUsers(
  client: pg.Client,
  ctx: JobContext,
  total: number,
): AsyncGenerator<User[]> {
  for (let last = 0, done = 0; ; ) {
    const { rows } = await client.query<User>(
      'select id, name, email, country, signed_up::text from users where id > $1 order by id limit $2',
      [last, chunkRows],
    )
    const newest = rows.at(-1)
    if (!newest) return
    yield rows
    last = newest.id
    done += rows.length
    ctx.progress(
      (100 * done) / Math.max(done, total),
      `row ${formatCount(done)} of ${formatCount(total)}`,
    )
    await wait(paceMs, undefined, { signal: ctx.signal })
  }
}

async function countUsers(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ count: string }>('select count(*) from users')
  return Number(rows[0]?.count ?? 0)
}

function formatCount(count: number): string {
  return count.toLocaleString('en')
}
