import { afterEach, beforeAll, expect, it } from 'vitest'
import { createGateway, createWorker, type Gateway, job, type Worker } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { testEngine } from './support/test-engine.ts'

/* What users of other queues have reported of groups and lists, each under its report. */

let database: string
const gateways: Gateway[] = []
const workers: Worker[] = []
let release = (): void => undefined
const held = new Promise<void>((resolve) => (release = resolve))
let begun = 0

const leaf = job({ run: (_, word: string) => word })
const held1 = job({
  run: async () => {
    begun += 1
    await held
    return null
  },
})
const page = job({
  async run(ctx, number: number) {
    if (number < 3) await ctx.startChildren(page, [number + 1])
    await ctx.startChildren(leaf, ['a', 'b'])
    return number
  },
}) as ReturnType<typeof job<number, number>>
const jobs = { leaf, held1, page }

const app = () => ({
  database,
  engine: testEngine(database, { lockMs: 1_000, stalledIntervalMs: 500 }),
  jobs,
  logger: quiet,
})
async function openGateway(): Promise<Gateway<typeof jobs>> {
  const gateway = await createGateway(app())
  gateways.push(gateway as unknown as Gateway)
  return gateway
}
async function openWorker(): Promise<Worker> {
  const worker = await createWorker(app())
  workers.push(worker)
  return worker
}

beforeAll(async () => {
  database = await createDatabase()
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close({ force: true })))
  await Promise.all(gateways.splice(0).map((gateway) => gateway.close()))
})

const becomes = (gateway: Gateway<typeof jobs>, id: string, members: object): Promise<void> =>
  expect.poll(() => gateway.get(id), { timeout: 60_000 }).toMatchObject(members)

// breamware/sidekiq-batch#84: a batch succeeds while jobs that its jobs have started still run.
it('waits for the children of its children', async () => {
  const gateway = await openGateway()
  await openWorker()
  const id = await gateway.startMany('page', [1, 1])
  await becomes(gateway, id, { status: 'completed', children: { total: 2, done: 2 } })
  const open = 'select from headway.run where finished_at is null'
  expect(await query(database, open)).toEqual([])
  const rows = await query(
    database,
    `select name, count(*)::integer from headway.run group by name order by name`,
  )
  expect(rows).toEqual([
    { name: 'leaf', count: 12 },
    { name: 'page', count: 7 },
  ])
})

// Extra-Chill/data-machine#3518: parents stay at work although all of their children have ended.
it('ends although no gateway was there when its children ended', async () => {
  const first = await openGateway()
  const id = await first.startMany('leaf', ['a', 'b', 'c'])
  await first.close()
  gateways.length = 0
  await openWorker()
  const ended = `select from headway.run where parent = $1 and status = 'completed'`
  await expect.poll(() => query(database, ended, [id]), { timeout: 60_000 }).toHaveLength(3)
  await becomes(await openGateway(), id, { status: 'completed' })
})

// sidekiq/sidekiq#5524: a job that its worker gives back and that ends all the same is counted
// twice.
it('counts a child once that two workers have had', async () => {
  const gateway = await openGateway()
  const first = await openWorker()
  const id = await gateway.startMany('held1', [undefined as never])
  await expect.poll(() => begun).toBe(1)
  await first.close({ force: true })
  await openWorker()
  await expect.poll(() => begun, { timeout: 60_000 }).toBe(2)
  release()
  await becomes(gateway, id, { status: 'completed' })
  expect(await gateway.get(id)).toMatchObject({
    children: { total: 1, done: 1, failed: 0, cancelled: 0, running: 0 },
  })
}, 180_000)

// ImmediatePlatform/Immediate.Jobs#57, bensheldon/good_job#1749, triggerdotdev/trigger.dev#3852:
// pages skip or repeat runs that were created at the same time.
it.each(['nobody’s child', 'children'])(
  'pages of %s have each run once, although all began at once',
  async (whose) => {
    const gateway = await openGateway()
    const parent = whose === 'children' ? await gateway.startMany('leaf', []) : null
    await query(
      database,
      `insert into headway.run (id, kind, name, engine, owner, parent, created_at)
     select gen_random_uuid(), 'job', 'tied', 'sql', $1, $2, '2026-11-30 12:00:00.123456Z' from generate_series(1, 30)`,
      [whose, parent],
    )
    const ids: string[] = []
    let cursor: string | null = null
    do {
      const filter = parent ? { parent } : { owner: whose }
      const { runs, next } = await gateway.list({ ...filter, limit: 7, cursor })
      ids.push(...runs.map(({ id }) => id))
      cursor = next
    } while (cursor)
    expect(ids).toHaveLength(30)
    expect(new Set(ids).size).toBe(30)
  },
)
