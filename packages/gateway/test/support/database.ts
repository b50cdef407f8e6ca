import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

/** A fresh database in the PostgreSQL of this test run: its connection string. */
export async function createDatabase(): Promise<string> {
  const url = new URL(inject('postgres'))
  const name = `test_${randomBytes(6).toString('hex')}`
  await query(url.href, `create database ${name}`)
  url.pathname = name
  return url.href
}

/** One statement on a connection of its own. */
export async function query<T extends pg.QueryResultRow>(
  database: string,
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}
