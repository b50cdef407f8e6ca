import { describe, expect, it } from 'vitest'
import { createDatabase, query as sql } from './support/database.ts'
import { createRole, run } from './support/migrating-app.ts'

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
    [['migrate', '--database', 'postgres://x', '--grant'], 'Name the role'],
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
