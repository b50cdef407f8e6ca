import { setFlagsFromString } from 'node:v8'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate } from '../src/runs/migrate.ts'
import { createReadTogether } from '../src/runs/read-together.ts'
import { createRunStore, type Run, type RunStore } from '../src/runs/run-store.ts'
import { encodeRun } from '../src/runs/snapshot.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'

/** V8's own functions, which say how it keeps an object. */
setFlagsFromString('--allow-natives-syntax')
const hasFastProperties = new Function('a', 'return %HasFastProperties(a)') as (
  a: object,
) => boolean
const haveSameLayout = new Function('a', 'b', 'return %HaveSameMap(a, b)') as (
  a: object,
  b: object,
) => boolean

let pool: pg.Pool
let store: RunStore
const ids: string[] = []

beforeAll(async () => {
  const database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 4 })
  await migrate(pool, { database, migrate: true, logger: quiet })
  store = createRunStore(pool)
  const { rows } = await pool.query<{ id: string }>(
    `insert into headway.run (id, kind, name, engine, status, progress, message, output, error, step)
     values (gen_random_uuid(), 'job', 'import', 'sql', 'running', 50, 'half', null, null, null),
            (gen_random_uuid(), 'job', 'import', 'sql', 'completed', 100, null, '{"rows": 9}', null, null),
            (gen_random_uuid(), 'job', 'import', 'sql', 'failed', null, null, null, 'é "', null),
            (gen_random_uuid(), 'workflow', 'deploy', 'sql', 'running', null, null, null, null, 'build')
     returning id`,
  )
  ids.push(...rows.map(({ id }) => id))
  // With the first rows a layout learns what its members can hold, and rows made before keep the
  // older one.
  await store.read(ids)
})
afterAll(() => pool?.end())

/** What is looked at for each frame costs ten times as much once rows have layouts of their own. */
const expectOneLayout = (runs: readonly Run[]): void => {
  const [first] = runs
  for (const run of runs) {
    expect(hasFastProperties(run)).toBe(true)
    expect(haveSameLayout(run, first as Run)).toBe(true)
  }
}

it('the check tells slow objects from fast ones', () => {
  const slow: Record<string, number> = { a: 1, b: 2 }
  delete slow.a
  expect(hasFastProperties(slow)).toBe(false)
  expect(haveSameLayout({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false)
})

it('rows of all kinds, with all their columns, have one fast layout', async () => {
  const runs = await store.read(ids)
  expect(runs).toHaveLength(4)
  expectOneLayout(runs)
})

it('rows have the same layout in each read, on any connection, alone or together', async () => {
  const reads = Array.from({ length: 20 }, async (_, at) => {
    // Some in one read, some in another, while others are under way.
    for (let turn = 0; turn < at % 5; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    return createRunStore(pool).read(ids.slice(at % 4))
  })
  const read = createReadTogether(store.read)
  const together = Promise.all([read(ids), read(ids.slice(0, 2))])
  expectOneLayout([
    ...(await Promise.all(reads)).flat(),
    ...(await together).flatMap((found) => [...found.values()]),
  ])
})

it('a row keeps its layout when a frame is made of it', async () => {
  const runs = await store.read(ids)
  const before = structuredClone(runs)
  const frames = runs.map((run) => encodeRun(`job:${run.id}`, 'headway', run))
  expect(frames.join('')).toContain('"error":"é \\""')
  expect(runs).toEqual(before)
  expectOneLayout(runs)
})
