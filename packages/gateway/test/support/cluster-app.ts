import { setTimeout as wait } from 'node:timers/promises'
import { jobsOf, queriesOf, workflowsOf } from '@headway/core'
import { bullmq } from '../../src/bullmq.ts'
import { dbos } from '../../src/dbos.ts'
import { type Gateway, job, query, type Sql, workflow } from '../../src/index.ts'
import { query as ask } from './database.ts'
import { quiet } from './quiet.ts'

/** The number of teams whose jobs are counted. */
export const teams = 8

/** Where each job that ends adds one for its team. */
export async function createTally(database: string): Promise<void> {
  await ask(
    database,
    `create table tally (team integer primary key, ended integer not null);
     insert into tally select team, 0 from generate_series(0, ${teams - 1}) team`,
  )
}

/**
 * The application of a cluster: the same in each gateway and worker.
 *
 * @param paceMs the time that a step of a job or workflow takes
 */
export function createClusterApp(database: string, paceMs: number) {
  /** Tries again while the database is away, so that no job fails because of it. */
  const count = async (team: number): Promise<void> => {
    const isCounted = await ask(
      database,
      'update tally set ended = ended + 1 where team = $1 returning 1',
      [team],
    ).catch(() => null)
    if (isCounted) return
    await wait(100)
    return count(team)
  }
  return {
    database,
    engine: bullmq(),
    workflowEngine: dbos(),
    logger: quiet,
    jobs: {
      /** Reports each step, then adds one for its team. */
      import: job({
        attempts: 5,
        run: async (ctx, { steps, team }: { steps: number; team: number }) => {
          for (let step = 1; step <= steps; step += 1) {
            await wait(paceMs)
            ctx.progress((100 * step) / steps, `step ${step} of ${steps}`)
          }
          await count(team)
          return { steps }
        },
      }),
    },
    workflows: {
      publish: workflow({
        steps: ['check', 'render', 'upload'],
        run: async (ctx, { title }: { title: string }) => {
          for (const name of ['check', 'render', 'upload'] as const) {
            await ctx.step(name, () => wait(2 * paceMs, null))
          }
          return { title }
        },
      }),
    },
    queries: {
      ended: query({
        run: async ({ sql }: { sql: Sql }) =>
          (await sql<{ n: number }>`select sum(ended)::integer as n from tally`)[0]?.n ?? 0,
      }),
      ended_of: query({
        run: async ({ sql, input }: { sql: Sql; input: { team: number } }) =>
          (await sql<{ n: number }>`select ended as n from tally where team = ${input.team}`)[0]
            ?.n ?? 0,
      }),
    },
  }
}

type App = ReturnType<typeof createClusterApp>
type Api = Gateway<App['jobs'], App['workflows'], App['queries']>['api']

const jobs = jobsOf<Api>()
const workflows = workflowsOf<Api>()
const queries = queriesOf<Api>()

/** The definitions of the application, as its clients know them. */
export const names = {
  import: jobs.import,
  publish: workflows.publish,
  ended: queries.ended,
  endedOf: queries.ended_of,
}
