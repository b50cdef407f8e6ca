import pg from 'pg'
import { createOrder } from '../in-order.ts'

/** The state of a job as the peers send it: whole, with its revision. */
export interface Row {
  job_id: string
  status: string
  progress: number | null
  message: string | null
  output: unknown
  error: string | null
  revision: number
  attempt: number
}

/** The jobs of a database, for the peers that have no reader of their own. */
export interface Changes {
  /** The current states of these jobs. No later change was passed on before them. */
  read(jobIds: readonly string[]): Promise<Row[]>
}

/**
 * Passes on the state of each job that changes, in order: notifications and reads go through two
 * connections, one query after the other, so that no older state follows a newer one.
 */
export async function listenForChanges(
  database: string,
  onChange: (row: Row) => void,
): Promise<Changes> {
  const reader = new pg.Client({ connectionString: database })
  const listener = new pg.Client({ connectionString: database })
  await Promise.all([reader.connect(), listener.connect()])
  const inOrder = createOrder()
  const read = async (jobIds: readonly string[]): Promise<Row[]> => {
    const text = `select id as job_id, status, progress, message, output, error, revision::float8, attempt
         from headway.run where id = any($1)`
    const { rows } = await inOrder(() => reader.query<Row>(text, [jobIds]))
    return rows
  }
  listener.on('notification', async ({ payload = '' }) => {
    for (const row of await read([payload])) onChange(row)
  })
  await listener.query('listen headway_run')
  return { read }
}
