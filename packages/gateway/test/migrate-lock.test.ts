import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq'
import pg from 'pg'
import { describe, expect, it, vi } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { ConfigurationError } from '../src/index.ts'
import { alone } from '../src/postgres/alone.ts'
import { createDatabase, query as sql } from './support/database.ts'
import { closing, createRole, listening, open } from './support/migrating-app.ts'
import { quiet } from './support/quiet.ts'

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
