import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { migrateDatabase } from '../migrate-database.ts'
import { openPool } from '../postgres/pools.ts'
import { createWatchedTables } from '../queries/watched-tables.ts'
import { findEngines } from './find-engines.ts'
import { grantsFor } from './grants.ts'

/** The environment and the outputs of a command. */
export interface Surroundings {
  env: Record<string, string | undefined>
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

const help = `headway-gateway: prepares a database for Headway

  headway-gateway migrate         creates the tables of Headway, BullMQ and DBOS (of the installed
                                  packages), or updates them to this version
  headway-gateway watch <table…>  creates the triggers that live queries need; run it as the owner
                                  of the tables when the gateway's role does not own them

  --database <url>        the database, with a role that may change it; default: DATABASE_URL
  --role <name>           prints the grants that a role of gateways and workers needs
  --grant                 executes them, too
  --bullmq-schema <name>  the option of bullmq({ schema }); default: bullmq
  --dbos-schema <name>    the option of dbos({ schema }); default: dbos
  --help
`

const options = {
  database: { type: 'string' },
  role: { type: 'string' },
  grant: { type: 'boolean', default: false },
  'bullmq-schema': { type: 'string', default: 'bullmq' },
  'dbos-schema': { type: 'string', default: 'dbos' },
  help: { type: 'boolean', default: false },
} as const

const parse = (args: string[]) => parseArgs({ args, options, allowPositionals: true })
type Values = ReturnType<typeof parse>['values']

/** Runs a command; resolves with its exit code: 0, 1 when it failed, 2 for wrong arguments. */
export async function main(args: string[], { env, stdout, stderr }: Surroundings): Promise<number> {
  const say = (line: string): unknown => stdout.write(`${line}\n`)
  const misused = (problem: string): number => {
    stderr.write(`${problem}\n\n${help}`)
    return 2
  }
  let values: Values
  let words: string[]
  try {
    const parsed = parse(args)
    values = parsed.values
    words = parsed.positionals
  } catch (error) {
    return misused(messageOf(error))
  }
  const [command, ...tables] = words
  if (values.help) {
    stdout.write(help)
    return 0
  }
  const database = values.database ?? env.DATABASE_URL ?? ''
  if (command !== 'migrate' && command !== 'watch') {
    return misused(command ? `"${command}" is not a command` : 'Say what to do')
  }
  if (!/^postgres(ql)?:\/\//.test(database)) {
    return misused('Give the database: --database postgresql://user@host/name, or DATABASE_URL')
  }
  if (command === 'migrate' && tables.length > 0) return misused(`"${tables[0]}" is unexpected`)
  if (command === 'watch' && tables.length === 0) return misused('Name the tables to watch')
  if (values.grant && !values.role) return misused('Name the role to grant to: --role')
  try {
    await (command === 'migrate' ? runMigrate(database, values, say) : watch(database, tables, say))
    return 0
  } catch (error) {
    stderr.write(`${messageOf(error)}\n`)
    return 1
  }
}

const logger = pino({ level: 'silent' })

async function runMigrate(
  database: string,
  values: Values,
  say: (line: string) => unknown,
): Promise<void> {
  const [bullmq, dbos] = [values['bullmq-schema'], values['dbos-schema']]
  const engines = await findEngines({ bullmq, dbos })
  await migrateDatabase({ database, logger, ...engines })
  const schemas = [
    'headway',
    ...(engines.engine ? [bullmq] : []),
    ...(engines.workflowEngine ? [dbos] : []),
  ]
  say(`-- up to date: the schemas ${schemas.join(', ')}`)
  if (!values.role) return
  const grants = grantsFor(values.role, schemas)
  for (const grant of grants) say(`${grant};`)
  if (!values.grant) return
  await onPool(database, (pool) => pool.query(grants.join('; ')))
  say(`-- granted to ${values.role}`)
}

async function watch(
  database: string,
  tables: string[],
  say: (line: string) => unknown,
): Promise<void> {
  await onPool(database, async (pool) => {
    const watched = createWatchedTables(pool)
    for (const table of tables) {
      await watched.named([table])
      say(`${table} notifies of its changes`)
    }
  })
}

async function onPool<T>(
  database: string,
  work: (pool: ReturnType<typeof openPool>) => Promise<T>,
): Promise<T> {
  const pool = openPool(database, logger, { max: 1, isPooled: true })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // A refused connection to each of several addresses has no message of its own.
  return error.message || ('code' in error ? String(error.code) : error.name)
}
