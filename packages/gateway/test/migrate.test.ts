import { once } from 'node:events'
import { createClient, defineJob, defineQuery, defineWorkflow } from '@headway/core'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { ConfigurationError, createGateway, createWorker } from '../src/index.ts'
import { createDatabase, query as sql } from './support/database.ts'
import { app, closing, createRole, listening, open, run } from './support/migrating-app.ts'
import { startProcess } from './support/process.ts'
import { quiet } from './support/quiet.ts'

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
