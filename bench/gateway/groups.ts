import { createGateway, type Gateway } from '@headway/gateway'
import pg from 'pg'
import { pino } from 'pino'
import { quantile } from './commit.ts'
import { type Database, startDatabase } from './database.ts'
import { now } from './readers.ts'

/** What groups cost. Times in milliseconds. */
export interface GroupCost {
  /** Runs that start, begin and end per second: children of one group, and runs of their own. */
  children: number
  alone: number
  /** The 99th percentile of a read of a group with so many children, and of one with 20. */
  large: number
  small: number
  /** From the commit of a child's end to the count of its group. */
  lag: number
}

const requests = 300
const [writers, seconds] = [8, 3]

/** Measures writers of children beside writers of other runs, and reads of their parents. */
export async function measureGroups(children: number): Promise<GroupCost> {
  const database = await startDatabase()
  const gateway = await createGateway({
    database: database.url,
    jobs: {},
    logger: pino({ level: 'silent' }),
  })
  try {
    const [large, small] = [await insert(database, children), await insert(database, 20)]
    const cost = { large: await slowest(gateway, large), small: await slowest(gateway, small) }
    // In turns, so that both meet the same machine.
    const rates = { children: 0, alone: 0 }
    for (let turn = 0; turn < 2; turn += 1) {
      rates.alone += (await live(database, null)) / 2
      rates.children += (await live(database, await open(database))) / 2
    }
    return { ...cost, ...rates, lag: await lagOf(database, gateway) }
  } finally {
    await gateway.close()
    await database.stop()
  }
}

async function open({ client }: Database): Promise<string> {
  const { rows } = await client.query(`select headway.start_group('import', 'ann') as id`)
  return rows[0].id
}

/** A group with so many children, most of them completed. */
async function insert(database: Database, children: number): Promise<string> {
  const id = await open(database)
  await database.client.query(
    `insert into headway.run (id, kind, name, engine, owner, status, parent, ordinal, finished_at)
     select gen_random_uuid(), 'job', 'import', 'sql', 'ann',
            case when n % 20 = 0 then 'running' else 'completed' end, $1, n,
            case when n % 20 <> 0 then now() end
       from generate_series(1, $2) as n`,
    [id, children],
  )
  await database.client.query('select headway.count_children($1)', [id])
  await database.client.query('vacuum analyze headway.run')
  return id
}

/** The 99th percentile of one read after the other, in milliseconds. */
async function slowest(gateway: Gateway, id: string): Promise<number> {
  const times: number[] = []
  for (let count = -20; count < requests; count += 1) {
    const beganAt = now()
    await gateway.get(id)
    if (count >= 0) times.push(now() - beganAt)
  }
  return quantile(times, 0.99)
}

/** What a worker writes of a run: its start, its beginning and its end. Each is a commit. */
async function live({ url }: Database, parent: string | null): Promise<number> {
  const endsAt = now() + seconds * 1_000
  const counts = Array.from({ length: writers }, async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    let count = 0
    for (; now() < endsAt; count += 1) {
      const { rows } = parent
        ? await client.query('select headway.start_child($1) as id', [parent])
        : await client.query(`select headway.start_job('import', 'ann') as id`)
      const { id } = rows[0]
      await client.query(`select headway.progress($1, 50, 'half')`, [id])
      await client.query('select headway.complete($1)', [id])
    }
    await client.end()
    return count
  })
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return total / seconds
}

/** The median time until a group has counted the end of a child, in milliseconds. */
async function lagOf(database: Database, gateway: Gateway): Promise<number> {
  const { client } = database
  const id = await open(database)
  const times: number[] = []
  for (let count = 1; count <= 20; count += 1) {
    const { rows } = await client.query('select headway.start_child($1) as id', [id])
    await client.query('select headway.complete($1)', [rows[0].id])
    const beganAt = now()
    for (;;) {
      const { rows } = await client.query('select done from headway.family where id = $1', [id])
      if (rows[0].done === count) break
    }
    times.push(now() - beganAt)
  }
  await gateway.get(id)
  return quantile(times, 0.5)
}
