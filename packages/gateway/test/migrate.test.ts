import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createClient, defineJob, defineQuery, defineWorkflow } from '@headway/core'
import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq'
import pg from 'pg'
import { pino } from 'pino'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { main } from '../src/cli/command-line.ts'
import { dbos } from '../src/dbos.ts'
import {
  ConfigurationError,
  createGateway,
  createWorker,
  type GatewayOptions,
  job,
  query,
  workflow,
} from '../src/index.ts'
import { alone } from '../src/postgres/alone.ts'
import { createDatabase, query as sql } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const app = {
  engine: bullmq(),
  jobs: { greet: job({ run: () => 'hello' }) },
  workflowEngine: dbos(),
  workflows: {
    verify: workflow({ steps: ['check'], run: (ctx) => ctx.step('check', () => 'checked') }),
  },
  queries: { members: query({ run: ({ sql }) => sql`select name from members` }) },
  migrate: false,
}

/** A role that may connect, and nothing else, with its own connection string. */
const createRole = async (database: string): Promise<[role: string, url: string]> => {
  const role = `app_${randomBytes(6).toString('hex')}`
  await sql(database, `create role "${role}" login password 'pass'`)
  const url = new URL(database)
  url.username = role
  url.password = 'pass'
  return [role, url.href]
}
/** Runs the command line: its exit code, and all that it said. */
const run = async (...args: string[]): Promise<[code: number, text: string]> => {
  let text = ''
  const out = { write: (part: string) => (text += part) }
  return [await main(args, { env: {}, stdout: out, stderr: out }), text]
}
const listening = () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  return { lines, logger }
}
const open = async (options: Partial<GatewayOptions> & { database: string }) => {
  const gateway = await createGateway({ engine: memoryEngine(), logger: quiet, ...options })
  closing.push(gateway.close)
  return gateway
}

const settings = {
  'its defaults': [],
  'a snapshot for each transaction': [`default_transaction_isolation = 'repeatable read'`],
  'an end for transactions that wait': [`idle_in_transaction_session_timeout = '100ms'`],
}
it.each(Object.entries(settings))(
  'five processes that start at once on a fresh database with %s all start, and stop',
  async (_, changes) => {
    const database = await createDatabase()
    for (const change of changes) {
      await sql(database, `alter database ${new URL(database).pathname.slice(1)} set ${change}`)
    }
    const starting = Array.from({ length: 5 }, () =>
      startProcess('./whole-app.ts', { DATABASE: database }),
    )
    const started = await Promise.all(starting)
    expect(started.map(({ message }) => message)).toEqual(Array(5).fill('ready'))
    const ended = started.map(({ child }) => once(child, 'exit'))
    for (const { child } of started) child.send('close')
    expect((await Promise.all(ended)).map(([code]) => code)).toEqual(Array(5).fill(0))
  },
)

describe('a role that may not make tables', () => {
  it.each([true, false])('runs everything on the tables of the owner, migrate: %s', async (may) => {
    const database = await createDatabase()
    await sql(database, 'create table members (name text)')
    const [role, url] = await createRole(database)
    const [code, text] = await run('migrate', '--database', database, '--role', role, '--grant')
    expect([code, text]).toEqual([0, expect.stringContaining(`-- granted to ${role}`)])
    await sql(database, `grant select on members to "${role}"`)

    const { lines, logger } = listening()
    const options = { ...app, database: url, migrate: may, logger }
    const gateway = await createGateway(options)
    closing.push(gateway.close)
    const worker = await createWorker(options)
    closing.push(worker.close)
    const client = createClient({ url: (await gateway.listen(0)).url })
    closing.push(() => client.close())
    expect(await client.start(defineJob('greet'), null as never).result).toBe('hello')
    expect(await client.start(defineWorkflow('verify'), null as never).result).toBe('checked')

    const refused = client.watch(defineQuery<null, unknown>('members'), null)
    closing.push(refused.subscribe(() => undefined))
    const remedy = 'npx headway-gateway watch members'
    await expect.poll(() => lines.join('')).toContain(remedy)
    expect(await run('watch', 'members', '--database', database)).toEqual([
      0,
      'members notifies of its changes\n',
    ])
    const members = createClient({ url: (await gateway.listen(0)).url })
    closing.push(() => members.close())
    const watched = members.watch(defineQuery<null, unknown>('members'), null)
    closing.push(watched.subscribe(() => undefined))
    await expect.poll(() => watched.getSnapshot().data).toEqual([])
    // A role that writes to the table needs no right in Headway's schema.
    const [writer, writing] = await createRole(database)
    await sql(database, `grant insert on members to "${writer}"`)
    await sql(writing, `insert into members values ('ann')`)
    await expect.poll(() => watched.getSnapshot().data).toEqual([{ name: 'ann' }])
  })

  it('gets an error that says what to run, on a database without tables', async () => {
    const database = await createDatabase()
    const [, url] = await createRole(database)
    const remedy = /permission denied .*run "npx headway-gateway migrate"/
    await expect(open({ ...app, database: url, migrate: true })).rejects.toThrow(remedy)
    await expect(open({ ...app, database: url })).rejects.toThrow(
      /The schema "headway" is at version 0, this Headway needs \d+, and migrate is false: run "npx/,
    )
  })

  it.each([
    ['bullmq', createGateway, /schema "bullmq" is at version 0/],
    ['dbos', createWorker, /schema "dbos" is missing, or older/],
  ])('and so it is where only %s has no tables', async (schema, create, message) => {
    const database = await createDatabase()
    const [role, url] = await createRole(database)
    await run('migrate', '--database', database, '--role', role, '--grant')
    await sql(database, `drop schema ${schema} cascade`)
    const failure = create({ ...app, database: url, logger: quiet }).catch((error) => error)
    expect(await failure).toBeInstanceOf(ConfigurationError)
    expect((await failure).message).toMatch(message)
    // A worker that could not be started keeps no other from starting.
    await run('migrate', '--database', database, '--role', role, '--grant')
    const second = await create({ ...app, database: url, logger: quiet })
    await second.close()
  })

  it('gets an error that says so when it has no grants', async () => {
    const database = await createDatabase()
    const [, url] = await createRole(database)
    await run('migrate', '--database', database)
    for (const migrate of [true, false]) {
      const starting = open({ ...app, database: url, migrate })
      await expect(starting).rejects.toThrow(/permission denied for schema headway.*--grant/)
    }
  })
})

describe('a schema that is up to date', () => {
  it('is not locked: a process starts while another one migrates', async () => {
    const database = await createDatabase()
    await run('migrate', '--database', database)
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    closing.push(() => client.end())
    await client.query(`select pg_advisory_lock(hashtext('headway.migration'))`)
    await open({ ...app, database })
    const worker = await createWorker({ ...app, database, migrate: true, logger: quiet })
    await worker.close()
  })

  it('is made by one process while the others wait', async () => {
    const database = await createDatabase()
    const client = new pg.Client({ connectionString: database })
    await client.connect()
    closing.push(() => client.end())
    await client.query(`select pg_advisory_lock(hashtext('headway.migration'))`)
    let isOpen = false
    const opening = open({ database }).then(() => {
      isOpen = true
    })
    // It asks, and does not wait inside a statement.
    const waiting = `select count(*)::integer from pg_stat_activity where datname = current_database()
      and pid <> pg_backend_pid() and query like '%pg_try_advisory_xact_lock%' or query = 'rollback'`
    await expect.poll(async () => (await sql(database, waiting))[0]?.count).toBeGreaterThan(0)
    expect(isOpen).toBe(false)
    await client.query('select pg_advisory_unlock_all()')
    await opening
  })
})

describe('a lock that is not given back', () => {
  it('ends the wait of a process: the error names the session that has it', async () => {
    const database = await createDatabase()
    const [role, url] = await createRole(database)
    const stranger = new pg.Client({ connectionString: url, application_name: 'psql "x"' })
    await stranger.connect()
    closing.push(() => stranger.end())
    const { rows } = await stranger.query(
      `select pg_advisory_lock(hashtext('headway.migration')), pg_backend_pid() as pid`,
    )
    const pid = rows[0]?.pid
    const { lines, logger } = listening()
    const work = vi.fn()
    const holder = `process ${pid} of PostgreSQL (user "${role}", application "psql \\"x\\"")`
    // Asked by a role without special rights, which sees less of others.
    const [, app] = await createRole(database)
    const error: unknown = await alone(app, logger, work, { warnEveryMs: 0, giveUpMs: 200 }).catch(
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(String(error)).toContain(`has waited 0.2 s for its turn to make them: ${holder} has`)
    expect(String(error)).toContain(`end it with "select pg_terminate_backend(${pid})"`)
    expect(JSON.parse(lines[0] ?? '').msg).toContain(
      `waits for its turn to create tables: ${holder}`,
    )
    expect(work).not.toHaveBeenCalled()
    // Nobody has to wait once it is given back.
    await stranger.query('select pg_advisory_unlock_all()')
    await alone(app, quiet, work, { warnEveryMs: 0, giveUpMs: 0 })
    expect(work).toHaveBeenCalledOnce()
  })

  it('is named while an engine waits for it', async () => {
    const database = await createDatabase()
    const [role, url] = await createRole(database)
    const stranger = new pg.Client({ connectionString: url })
    await stranger.connect()
    closing.push(() => stranger.end())
    const key = [MIGRATION_ADVISORY_LOCK_KEY, 'bullmq']
    await stranger.query('select pg_advisory_lock($1, hashtext($2))', key)
    const { lines, logger } = listening()
    const making = alone(
      database,
      logger,
      async () => (await bullmq().connect(database, quiet, { migrate: true })).close(),
      { warnEveryMs: 50, giveUpMs: 0 },
    )
    await expect
      .poll(() => lines.join(''))
      .toMatch(
        new RegExp(
          `while tables are created, process \\d+ of PostgreSQL waits for a lock of process \\d+ .*${role}`,
        ),
      )
    await stranger.query('select pg_advisory_unlock_all()')
    await making
  })
})

describe('a schema that a newer Headway has made', () => {
  const newer = `insert into headway.migration (version) values (1000)`

  it('is used with a warning, since processes restart during a rolling deploy', async () => {
    const database = await createDatabase()
    await open({ database })
    await sql(database, newer)
    const { lines, logger } = listening()
    await open({ database, logger })
    await open({ database, logger: quiet, migrate: false })
    expect(lines).toEqual([expect.stringContaining('made by a newer Headway')])
  })

  it('is refused once it says that older versions cannot use it', async () => {
    const database = await createDatabase()
    await open({ database })
    await sql(database, newer)
    await sql(database, 'alter table headway.migration add column oldest integer')
    await sql(database, 'update headway.migration set oldest = 1 where version = 1000')
    await open({ database })
    await sql(database, 'update headway.migration set oldest = 999 where version = 1000')
    await expect(open({ database })).rejects.toThrow(/at version 1000.* deploy the newer one/)
    await expect(open({ database })).rejects.toBeInstanceOf(ConfigurationError)
  })
})

describe('headway-gateway', () => {
  it('prints the grants that a role needs, and grants nothing without --grant', async () => {
    const database = await createDatabase()
    const [role, url] = await createRole(database)
    const [code, text] = await run('migrate', '--database', database, '--role', role)
    expect(code).toBe(0)
    expect(text).toContain(`grant usage on schema "headway" to "${role}";`)
    expect(text).toContain(`grant usage on schema "bullmq" to "${role}";`)
    await expect(sql(url, 'select * from headway.run')).rejects.toThrow('permission denied')
    // The output is a script.
    await sql(database, text)
    expect(await sql(url, 'select * from headway.run')).toEqual([])
  })

  it('uses the schemas of its options', async () => {
    const database = await createDatabase()
    const schemas = ['--bullmq-schema', 'jobs', '--dbos-schema', 'flows']
    expect(await run('migrate', '--database', database, ...schemas)).toEqual([
      0,
      '-- up to date: the schemas headway, jobs, flows\n',
    ])
    const found = await sql<{ nspname: string }>(
      database,
      `select nspname from pg_namespace where nspname in ('jobs', 'flows', 'bullmq', 'dbos')`,
    )
    expect(found.map(({ nspname }) => nspname).sort()).toEqual(['flows', 'jobs'])
  })

  it.each([
    [['migrate'], 'Give the database'],
    [['migrate', '--database', 'localhost'], 'Give the database'],
    [['dream', '--database', 'postgres://x'], '"dream" is not a command'],
    [['migrate', '--database', 'postgres://x', '--grant'], 'to whom'],
    [['migrate', 'all', '--database', 'postgres://x'], '"all" is unexpected'],
    [['watch', '--database', 'postgres://x'], 'Name the tables'],
    [['--force'], "Unknown option '--force'"],
    [[], 'Say what to do'],
  ])('%j is answered with what is wrong, and the help', async (args, problem) => {
    const [code, text] = await run(...args)
    expect(code).toBe(2)
    expect(text).toContain(problem)
    expect(text).toContain('headway-gateway migrate')
  })

  it('says in one line why it failed', async () => {
    const database = await createDatabase()
    expect(await run('watch', 'nothing', '--database', database)).toEqual([
      1,
      expect.stringMatching(/^The table nothing does not exist.*\n$/),
    ])
    const [code, text] = await run('migrate', '--database', 'postgres://x@127.0.0.1:1/x')
    expect([code, text]).toEqual([1, expect.stringContaining('ECONNREFUSED')])
  })
})
