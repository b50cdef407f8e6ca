import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { get } from '@headway/conformance/wire'
import { createClient, defineJob, defineQuery, defineWorkflow } from '@headway/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { dbos } from '../src/dbos.ts'
import { createGateway, createWorker, job, query, type Sql, workflow } from '../src/index.ts'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { startWayward, type Wayward } from './support/away.ts'
import { query as ask, createDatabaseProxy } from './support/database.ts'
import { makeFolder } from './support/folder.ts'
import { quiet } from './support/quiet.ts'

/** How long PostgreSQL is away, in seconds. `HEADWAY_OUTAGES=5,15,60` tries the long ones, too. */
const outages = (process.env.HEADWAY_OUTAGES ?? '5').split(',').map(Number)
const isLong = outages.some((seconds) => seconds > 5)
if (!isLong) {
  console.info(
    'NOT TESTED: PostgreSQL away for 15 and 60 s, connections that are dead without a sign. HEADWAY_OUTAGES=5,15,60 tries that',
  )
}
const longestMs = Math.max(...outages) * 1_000
/** A silence is made by signals to processes that only Linux lists so. */
const isLinux = process.platform === 'linux'
/**
 * `stopped`: it refuses. `silent`: it answers nothing, and goes on as if nothing had been.
 * `forgotten`: the connections that were used meanwhile are dead, and never say so; others can be
 * made.
 */
const ways = (['stopped', 'silent', 'forgotten'] as const).filter(
  (way) => (way !== 'silent' || isLinux) && (way !== 'forgotten' || isLong),
)
/**
 * How soon everything has to go on once it is back, in milliseconds: a dead connection is given up
 * after 35 s.
 */
const backWithinMs = { stopped: 15_000, silent: 15_000, forgotten: 90_000 }

let teardown: Teardown
let postgres: Wayward
const steps = Array.from({ length: 200 }, (_, index) => `step-${index}`)
const isOver = { job: false, workflow: false }
const done = new Map<string, string[]>()

const app = {
  engine: bullmq(),
  workflowEngine: dbos(),
  logger: quiet,
  // Told at the latest after three quarters of this.
  pingSecs: 4,
  jobs: {
    /** Reports until the test lets it end. */
    patient: job({
      run: async (ctx) => {
        for (let row = 1; !isOver.job; row += 1) {
          ctx.progress(row % 100, `row ${row}`)
          await wait(50)
        }
        return 'done'
      },
    }),
  },
  workflows: {
    /** One step after the other, so that some are under way whenever the database goes. */
    steady: workflow({
      run: async (ctx) => {
        for (const name of steps) {
          if (isOver.workflow) return name
          await ctx.step(name, async () => {
            await wait(100)
            done.set(ctx.id, [...(done.get(ctx.id) ?? []), name])
          })
        }
        return 'all of them'
      },
    }),
  },
  queries: {
    rows: query({
      run: async ({ sql }: { sql: Sql }) => (await sql`select count(*)::int as n from item`)[0]?.n,
    }),
  },
}

beforeEach(async () => {
  teardown = createTeardown()
  isOver.job = false
  isOver.workflow = false
  const folder = await makeFolder()
  teardown.defer(() => rm(folder, { recursive: true, force: true }))
  postgres = await startWayward(join(folder, 'pg'))
  teardown.defer(postgres.stop)
})
afterEach(() => teardown.run())

describe.each(ways)('PostgreSQL is %s', (way) => {
  it.each(outages)(
    'for %i s: every view is stale, then live, and jobs and workflows go on',
    async (seconds) => {
      const backWithin = { timeout: backWithinMs[way] }
      const { url: database, proxy } = await createDatabaseProxy(postgres.url)
      teardown.defer(proxy.close)
      await ask(postgres.url, 'create table item (id int)')
      const gateway = await createGateway({ ...app, database })
      teardown.defer(gateway.close)
      await ask(postgres.url, `select headway.watch_table('item')`)
      const worker = await createWorker({ ...app, database })
      teardown.defer(() => worker.close({ force: true }))
      const { url } = await gateway.listen(0)
      const client = createClient({ url })
      teardown.defer(client.close)
      const job = client.start(defineJob('patient'))
      const steady = client.start(defineWorkflow('steady'))
      const rows = client.watch(defineQuery('rows'))
      const handles = [job, steady, rows]
      for (const handle of handles) handle.subscribe(() => undefined)
      const syncs = () => handles.map((handle) => handle.getSnapshot().sync.status)
      const completed = () =>
        steady.getSnapshot().steps.filter(({ status }) => status === 'completed').length
      await expect.poll(syncs).toEqual(['live', 'live', 'live'])
      await expect.poll(() => job.getSnapshot().message).toMatch(/row/)
      await expect.poll(completed).toBeGreaterThan(2)

      if (way === 'forgotten') proxy.freeze()
      else await postgres.leave(way)
      const back = wait(seconds * 1_000)
      await expect.poll(syncs).toEqual(['stale', 'stale', 'stale'])
      expect(job.getSnapshot()).toMatchObject({ status: 'running', sync: { reason: 'database' } })
      expect(steady.getSnapshot().sync.reason).toBe('database')
      expect(rows.getSnapshot()).toMatchObject({ stale: true, data: 0 })
      await expect
        .poll(() => get(url, '/ready'))
        .toMatchObject({
          status: 503,
          body: { ready: false, database: false, reactor: false, queue: false, accepting: true },
        })
      // Of what is followed only now, too.
      const late = client.attach(defineJob('patient'), job.getSnapshot().jobId)
      late.subscribe(() => undefined)
      await back
      expect(syncs()).toEqual(['stale', 'stale', 'stale'])
      const before = [completed(), Number(job.getSnapshot().message?.split(' ')[1])] as const

      proxy.heal()
      await postgres.comeBack()
      await expect.poll(syncs, backWithin).toEqual(['live', 'live', 'live'])
      await expect.poll(completed, backWithin).toBeGreaterThan(before[0] + 3)
      await expect
        .poll(() => Number(job.getSnapshot().message?.split(' ')[1]), backWithin)
        .toBeGreaterThan(before[1])
      await ask(postgres.url, 'insert into item values (1)')
      await expect.poll(() => rows.getSnapshot()).toMatchObject({ data: 1, stale: false })
      await expect.poll(() => late.getSnapshot().sync.status).toBe('live')
      await expect.poll(() => get(url, '/ready')).toMatchObject({ status: 200 })
      isOver.job = true
      isOver.workflow = true
      expect(await job.result).toBe('done')
      await steady.result
      expect(steady.getSnapshot().phase).toBe('succeeded')
    },
    longestMs + 180_000,
  )
})
