import { afterEach, beforeEach } from 'vitest'
import { bullmq } from '../../src/bullmq.ts'
import { dbos } from '../../src/dbos.ts'
import { job, query, type Sql, workflow } from '../../src/index.ts'
import { createTeardown, type Teardown } from '../../src/teardown.ts'
import { createDatabase } from './database.ts'
import { hasPgBouncer } from './pgbouncer.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets the parts below, set up before its tests and closed after. */

if (!hasPgBouncer) {
  console.info(
    'NOT TESTED: nothing behind PgBouncer, which is not installed (apt-get install pgbouncer)',
  )
}

export let direct: string
export let teardown: Teardown

beforeEach(async () => {
  direct = await createDatabase()
  teardown = createTeardown()
})
afterEach(() => teardown.run())

export const app = {
  engine: bullmq(),
  workflowEngine: dbos(),
  logger: quiet,
  jobs: {
    count: job({
      run: (ctx, { rows }: { rows: number }) => {
        ctx.progress(50, 'half')
        return { rows }
      },
    }),
    endless: job({
      run: async (ctx) => {
        ctx.progress(1, 'at work')
        await new Promise((_, reject) =>
          ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason)),
        )
      },
    }),
  },
  workflows: {
    verify: workflow({
      steps: ['create', 'open'],
      run: async (ctx) => {
        await ctx.step('create', () => 1)
        await ctx.waitFor('confirmed')
        return ctx.step('open', () => 2)
      },
    }),
  },
  queries: {
    rows: query({
      run: async ({ sql }: { sql: Sql }) => (await sql`select count(*)::int as n from item`)[0]?.n,
    }),
  },
}
