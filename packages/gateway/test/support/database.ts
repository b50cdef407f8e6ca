import { randomBytes } from 'node:crypto'
import { createFaultProxy, type FaultProxy } from '@headway/test-kit/network/fault-proxy'
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

/** A way to a database that can be broken: its connection string. */
export async function createDatabaseProxy(
  database: string,
): Promise<{ url: string; proxy: FaultProxy }> {
  const url = new URL(database)
  const proxy = await createFaultProxy(`http://${url.host}`)
  url.host = new URL(proxy.url).host
  return { url: url.href, proxy }
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
