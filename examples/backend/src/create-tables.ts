import pg from 'pg'

/**
 * Creates the tables that jobs write to. Call it before the gateway starts: its live queries read
 * them.
 */
export async function createTables(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: database })
  await client.connect()
  try {
    await client.query(tables)
  } finally {
    await client.end()
  }
}

const tables = `
  create table if not exists exports (
    job        uuid primary key,
    format     text not null,
    rows       integer not null,
    bytes      integer not null,
    created_at timestamptz not null default now()
  );
  create table if not exists imported_users (
    email       text primary key,
    name        text not null,
    country     text not null,
    imported_at timestamptz not null default now()
  )`
