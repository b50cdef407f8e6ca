import { createGateway, type Gateway } from '@headway/gateway'
import pg from 'pg'
import { pino } from 'pino'
import { quantile } from './commit.ts'
import { type Database, startDatabase } from './database.ts'
import { now } from './readers.ts'

/** What lists cost over many runs. Times in milliseconds. */
export interface ListCost {
  /** The 99th percentile of the first page, by its filter. */
  pages: Record<string, number>
  /** The 99th percentile of one run by its id. */
  one: number
  /** Runs that start and end per second, with what lists need and without it. */
  lives: number
  livesWithout: number
}

const filters = {
  'the newest 20': '',
  active: 'status=active',
  failed: 'status=failed',
  'by a rare name': 'name=rare',
  'by a tag': 'tag=july',
  'another user’s': 'owner=user-7',
  'everybody’s active': 'anyOwner=true&status=active',
}
const requests = 300
const [writers, seconds] = [16, 3]

/** Reads lists of a user with half of all runs. */
export async function measureLists(runs: number): Promise<ListCost> {
  const database = await startDatabase()
  const gateway = await createGateway({
    database: database.url,
    jobs: {},
    logger: pino({ level: 'silent' }),
    auth: { authenticate: async () => ({ id: 'ann', roles: ['admin'] }) },
  })
  try {
    await insert(database, runs)
    const { rows } = await database.client.query('select id from headway.run limit 1')
    const pages: Record<string, number> = {}
    for (const [name, filter] of Object.entries(filters)) {
      pages[name] = await slowest(gateway, `/runs?${filter}`)
    }
    const one = await slowest(gateway, `/jobs/${rows[0].id}`)
    const lives = await live(database)
    await database.client.query(
      `drop index headway.run_of_owner, headway.run_newest, headway.run_of_name,
                  headway.run_of_status, headway.run_workflows, headway.run_workflows_of_owner,
                  headway.run_tags;
       drop trigger note_list on headway.run;
       drop trigger note_list_update on headway.run`,
    )
    return { pages, one, lives, livesWithout: await live(database) }
  } finally {
    await gateway.close()
    await database.stop()
  }
}

async function insert({ client }: Database, runs: number): Promise<void> {
  await client.query('alter table headway.run disable trigger note_list')
  await client.query(
    `insert into headway.run (id, kind, name, engine, owner, status, created_at, finished_at, tags)
     select gen_random_uuid(), 'job', case when n % 1000 = 0 then 'rare' else 'export_users' end, 'sql',
            case when n % 2 = 0 then 'ann' else 'user-' || n % 1000 end,
            case when n % 10000 = 0 then 'running' when n % 5000 = 2 then 'failed' else 'completed' end,
            now() - n * interval '1 second', case when n % 10000 <> 0 then now() end,
            case when n % 5000 = 4 then array['july'] end
       from generate_series(1, $1) as n`,
    [runs],
  )
  await client.query('alter table headway.run enable trigger note_list')
  await client.query('vacuum analyze headway.run')
}

/** The 99th percentile of one request after the other, in milliseconds. */
async function slowest({ fetch }: Gateway, path: string): Promise<number> {
  const request = async (): Promise<number> => {
    const beganAt = now()
    const response = await fetch(new Request(`http://localhost/_api${path}`))
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${text}`)
    return now() - beganAt
  }
  // The first ones load code and pages.
  for (let count = 0; count < 20; count += 1) await request()
  const times: number[] = []
  for (let count = 0; count < requests; count += 1) times.push(await request())
  return quantile(times, 0.99)
}

/** Runs that writers start and end, each change with its notification. */
async function live({ url }: Database): Promise<number> {
  const endsAt = now() + seconds * 1_000
  const counts = Array.from({ length: writers }, async (_, writer) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('set synchronous_commit = off')
    let count = 0
    for (; now() < endsAt; count += 1) {
      const values = ['export_users', `user-${writer}`]
      const { rows } = await client.query('select headway.start_job($1, $2) as id', values)
      await client.query('select headway.complete($1)', [rows[0].id])
    }
    await client.end()
    return count
  })
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return total / seconds
}
