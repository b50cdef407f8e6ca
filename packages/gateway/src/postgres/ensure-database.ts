import pg from 'pg'

/** Makes the database `name` on the server of `url` where it is missing. */
export async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const isThere = async (): Promise<boolean> => {
    const found = await client.query('select from pg_database where datname = $1', [name])
    return found.rowCount !== 0
  }
  try {
    if (await isThere()) return
    const create = client.query(`create database ${client.escapeIdentifier(name)}`)
    await create.catch(async (error: unknown) => {
      // Another process that shares the server was faster.
      if (!(await isThere())) throw error
    })
  } finally {
    await client.end()
  }
}
