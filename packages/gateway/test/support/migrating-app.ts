import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterEach } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { main } from '../../src/cli/command-line.ts'
import { dbos } from '../../src/dbos.ts'
import { createGateway, type GatewayOptions, job, query, workflow } from '../../src/index.ts'
import { query as sql } from './database.ts'
import { memoryEngine } from './memory-engine.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

export const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

export const app = {
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
export const createRole = async (database: string): Promise<[role: string, url: string]> => {
  const role = `app_${randomBytes(6).toString('hex')}`
  await sql(database, `create role "${role}" login password 'pass'`)
  const url = new URL(database)
  url.username = role
  url.password = 'pass'
  return [role, url.href]
}
/** Runs the command line: its exit code, and all that it said. */
export const run = async (...args: string[]): Promise<[code: number, text: string]> => {
  let text = ''
  const out = { write: (part: string) => (text += part) }
  return [await main(args, { env: {}, stdout: out, stderr: out }), text]
}
export const listening = () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  return { lines, logger }
}
export const open = async (options: Partial<GatewayOptions> & { database: string }) => {
  const gateway = await createGateway({ engine: memoryEngine(), logger: quiet, ...options })
  closing.push(gateway.close)
  return gateway
}
