import type { ChildProcess } from 'node:child_process'
import { createClient, defineJob, defineQuery } from '@headway/core'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDatabase } from './support/database.ts'
import { kill, startProcess } from './support/process.ts'

/** More before a release: HEADWAY_RUNS. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 20)
/** How far the clocks of the gateways are off, in milliseconds. */
const shifts = [7_000, -7_000]

const imports = defineJob<null, unknown>('import')
const counters = defineQuery<null, { id: number; n: number }[]>('counters')

let pool: pg.Pool
let gateways: { child: ChildProcess; url: string }[]

beforeAll(async () => {
  const database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 6 })
  const start = async (shiftMs: number) => {
    const env = { DATABASE: database, SHIFT_MS: String(shiftMs) }
    const { child, message } = await startProcess('./shifted-gateway.ts', env)
    return { child, url: String(message) }
  }
  await pool.query('create table counters (id integer primary key, n integer)')
  gateways = await Promise.all(shifts.map(start))
})
afterAll(async () => {
  for (const { child } of gateways ?? []) await kill(child)
  await pool?.end()
})

/** A screen that follows everything, at the gateway where it was moved last. */
function openScreen(ids: readonly string[]) {
  let at = 0
  const client = createClient({
    url: 'http://gateway.test',
    fetch: (input, init) => {
      const { pathname, search } = new URL(String(input))
      return fetch(`${gateways[at]?.url}${pathname}${search}`, init)
    },
  })
  const jobs = ids.map((id) => client.attach(imports, id))
  const query = client.watch(counters, null)
  for (const store of [...jobs, query]) store.subscribe(() => undefined)
  return {
    move() {
      client.pause('move')
      at = 1 - at
      client.resume('move')
    },
    shows: () => ({
      jobs: jobs.map((job) => {
        const { status, progress, message, output, error } = job.getSnapshot()
        return { status, progress, message, output, error }
      }),
      counters: query.getSnapshot().data,
    }),
    close: () => client.close(),
  }
}

const begin = async (): Promise<string> =>
  (await pool.query(`select headway.start_job('import') as id`)).rows[0].id
const notify = (fields: object): Promise<unknown> =>
  pool.query(`select pg_notify('forge_job_updates', $1)`, [JSON.stringify(fields)])
/** The states that every client must show in the end. */
const read = async (ids: readonly string[]) => {
  const { rows } = await pool.query(
    'select id, status, progress, message, output, error from headway.run where id = any($1)',
    [ids],
  )
  const jobs = ids.map((id) => {
    const { id: _, ...shown } = rows.find((row) => row.id === id)
    return shown
  })
  return { jobs, counters: (await pool.query('select id, n from counters order by id')).rows }
}

const step = fc.record({
  connection: fc.nat(2),
  job: fc.nat(2),
  percent: fc.nat(100),
  screen: fc.nat(1),
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constant('report') },
    { weight: 4, arbitrary: fc.constant('note') },
    { weight: 3, arbitrary: fc.constant('count') },
    { weight: 1, arbitrary: fc.constantFrom('complete', 'fail', 'noted end', 'forget') },
    { weight: 2, arbitrary: fc.constant('move') },
  ),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

it(
  'clients that move between gateways with different clocks all end on the state of the database',
  async () => {
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      async (steps) => {
        await pool.query('truncate counters')
        const ids = await Promise.all([begin(), begin(), begin()])
        const screens = [openScreen(ids), openScreen(ids)]
        screens[1]?.move()
        const take = async ({ job, percent, screen, what }: Step): Promise<void> => {
          const id = ids[job]
          const ask = (text: string, ...values: unknown[]) =>
            pool.query(`select headway.${text}`, [id, ...values])
          if (what === 'report') await ask('progress($1, $2, $3)', percent, `at ${percent}`)
          if (what === 'note') await notify({ job_id: id, progress: percent, message: 'noted' })
          if (what === 'complete') await ask('complete($1, $2)', JSON.stringify({ percent }))
          if (what === 'fail') await ask('fail($1, $2)', `at ${percent}`)
          if (what === 'noted end')
            await notify({ job_id: id, status: 'completed', output: percent })
          if (what === 'forget') await pool.query('delete from counters')
          if (what === 'move') screens[screen]?.move()
          if (what === 'count') {
            await pool.query(
              'insert into counters values ($1, $2) on conflict (id) do update set n = $2',
              [job, percent],
            )
          }
        }
        await Promise.all(
          [0, 1, 2].map(async (connection) => {
            for (const each of steps.filter((step) => step.connection === connection)) {
              await take(each)
            }
          }),
        )
        // Once this note is merged, all earlier ones are.
        const last = await begin()
        await notify({ job_id: last, progress: 1 })
        await expect.poll(async () => (await read([last])).jobs[0].progress).toBe(1)
        const expected = await read(ids)
        for (const { shows } of screens) {
          await expect.poll(shows).toEqual(expected)
        }
        for (const { close } of screens) close()
      },
    )
    await fc.assert(property, { numRuns, endOnFailure: true })
  },
  60_000 + 5_000 * numRuns,
)
