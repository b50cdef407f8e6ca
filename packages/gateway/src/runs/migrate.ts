import type pg from 'pg'
import { sql } from '../sql.ts'

/** In the order they are applied; the version of each is its place, from 1. Never change one that was released. */
const migrations = [
  '0001-run',
  '0002-start',
  '0003-report',
  '0004-revision',
  '0005-workflow',
  '0006-query',
  '0007-hand-over',
  '0008-order',
  '0009-engine',
  '0010-secret',
]

/** Brings the schema `headway` to this version. Safe to run from any number of processes at once. */
export async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('headway.migration'))`)
    await client.query('create schema if not exists headway')
    await client.query(`create table if not exists headway.migration
      (version integer primary key, applied_at timestamptz not null default now())`)
    const { rows } = await client.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from headway.migration',
    )
    const applied = rows[0]?.version ?? 0
    for (const [index, name] of migrations.entries()) {
      if (index < applied) continue
      await client.query(sql(`runs/migrations/${name}`))
      await client.query('insert into headway.migration (version) values ($1)', [index + 1])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
