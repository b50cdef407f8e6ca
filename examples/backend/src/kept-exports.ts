import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'

/** An export that is kept: a file, and a row of `exports` that tells of it. */
export interface KeptExport {
  /** The job that has written it. */
  id: string
  format: 'csv' | 'json'
}

const keptExports = 20

/** Where the file of an export is. */
export function exportFile(folder: string, { id, format }: KeptExport): string {
  return join(folder, `${id}.${format}`)
}

/** Tells of an export whose file is whole. A job that is taken again tells of the same one. */
export async function keepExport(
  client: pg.Client,
  folder: string,
  { id, format, rows }: KeptExport & { rows: number },
): Promise<void> {
  const { size } = await stat(exportFile(folder, { id, format }))
  await client.query(insertExport, [id, format, rows, size])
}

/** Drops all but the newest exports, each with its file. */
export async function dropOldExports(client: pg.Client, folder: string): Promise<void> {
  const { rows } = await client.query<KeptExport>(deleteOldExports, [keptExports])
  await Promise.all(rows.map((dropped) => rm(exportFile(folder, dropped), { force: true })))
}

const insertExport = `
  insert into exports (job, format, rows, bytes) values ($1, $2, $3, $4)
      on conflict (job) do update set rows = excluded.rows, bytes = excluded.bytes`
const deleteOldExports = `
  delete from exports
   where job in (select job from exports order by created_at desc offset $1)
  returning job as id, format`
