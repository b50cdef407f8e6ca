import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'

/** A finished export: a file, and its row in `exports`. */
export interface KeptExport {
  /** The id of the job that wrote it. */
  id: string
  format: 'csv' | 'json'
}

const keptExports = 20

/** The path of an export's file. */
export function exportFile(folder: string, { id, format }: KeptExport): string {
  return join(folder, `${id}.${format}`)
}

/** Adds an export whose file is complete to the list. A job that runs again updates its row. */
export async function keepExport(
  client: pg.Client,
  folder: string,
  { id, format, rows }: KeptExport & { rows: number },
): Promise<void> {
  const { size } = await stat(exportFile(folder, { id, format }))
  await client.query(insertExport, [id, format, rows, size])
}

/** Deletes all but the 20 newest exports, with their files. */
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
