import { randomUUID } from 'node:crypto'
import { runIdOf } from '@headway/core/queues'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import {
  createObservedStore,
  type HeldQueue,
  type ObservedRun,
  type ObservedStore,
} from '../../src/observe/observed-store.ts'
import { toSortable } from '../../src/observe/queue-event.ts'
import { noLabels } from '../../src/runs/labels.ts'
import { migrate } from '../../src/runs/migrate.ts'
import { createDatabase } from './database.ts'
import { quiet } from './quiet.ts'

/* A test file that imports this gets a database of its own. */

export let pool: pg.Pool
beforeAll(async () => {
  const database = await createDatabase()
  pool = new pg.Pool({ connectionString: database, max: 4 })
  await migrate(pool, { database, migrate: true, logger: quiet })
})
afterAll(() => pool?.end())

export const hourMs = 3_600_000
export const open = (): ObservedStore => createObservedStore(pool, randomUUID(), true)
export const newName = (): string => `bull:q-${randomUUID()}`
export const first = ([held]: HeldQueue[]): HeldQueue => {
  if (held) return held
  throw new Error('It does not hold the queue')
}

/** A queue that is held, with one job whose states are written. */
export const start = async () => {
  const [store, queue] = [open(), newName()]
  const held = first(await store.hold([queue], hourMs))
  const id = runIdOf({ queue, id: '1' })
  const base: ObservedRun = {
    id,
    jobId: '1',
    isRead: true,
    place: toSortable('10-0'),
    added: null,
    status: 'pending',
    progress: null,
    message: null,
    counted: { done: null, total: null, unit: null },
    output: null,
    error: null,
    taken: 0,
    createdMs: 1_000,
    startedMs: null,
    finishedMs: null,
    origin: { name: 'film', owner: 'ann', readers: null, labels: noLabels },
  }
  const write = (more: Partial<ObservedRun> = {}, cursor: string | null = null) =>
    store.write(held, [{ ...base, ...more }], cursor)
  const end = (more: Partial<ObservedRun> = {}) =>
    write({ status: 'completed', output: '1', taken: 1, finishedMs: 2_000, ...more })
  const tell = (place: string, more: Partial<ObservedRun> = {}) =>
    end({ isRead: false, taken: null, createdMs: null, place: toSortable(place), ...more })
  const row = async () =>
    (
      await pool.query(
        `select status, progress, message, output, error, attempt, owner, title, tags, reason, revision::float8,
                cancel_requested_at is not null as "isCancelling"
           from headway.run where id = $1`,
        [id],
      )
    ).rows[0]
  const ask = () =>
    pool.query(
      `update headway.run set status = 'cancel_requested', cancel_requested_at = now(),
              reason = 'enough', message = 'asked' where id = $1`,
      [id],
    )
  return { store, queue, held, id, write, end, tell, row, ask }
}
