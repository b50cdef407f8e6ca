import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import type { Subscription } from 'rxjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen } from '../src/postgres/listen.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createNotified, makeMark, markChannel, notifiedChannel } from '../src/runs/notified.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import './support/notes-gateway.ts'

/** More before a release: HEADWAY_RUNS. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 15)

describe('several gateways, each with its own delay', () => {
  let shared: pg.Pool
  let at: string

  beforeAll(async () => {
    at = await createDatabase()
    shared = new pg.Pool({ connectionString: at })
    await migrate(shared, { database: at, migrate: true, logger: quiet })
    await shared.query(
      `create table history (id uuid, progress integer, at bigserial);
       create function note_history() returns trigger language plpgsql as $$ begin
         insert into history (id, progress) values (new.id, new.progress); return null; end $$;
       create trigger history after update on headway.run for each row execute function note_history()`,
    )
  })
  afterAll(() => shared?.end())

  /** One gateway's merging, as slow as `delays` say. */
  const createMerger = async (delays: readonly number[]) => {
    const merged = new Set<unknown>()
    let turn = 0
    const query = async (text: string, values: unknown[] = []) => {
      await wait(delays[turn++ % delays.length])
      const answer = await shared.query(text, values)
      for (const id of (values[0] as unknown[]) ?? []) merged.add(id)
      return answer
    }
    const slow = { query } as unknown as pg.Pool
    const notes = await createNotified(slow, { logger: quiet, hint: () => undefined })
    const listening: { subscription?: Subscription } = {}
    await new Promise<void>((resolve) => {
      const channels = [notifiedChannel, markChannel]
      const source = { database: at, pool: shared, greeting: makeMark }
      const heard$ = listen(source, channels, notes.lost)
      listening.subscription = heard$.subscribe((heard) => {
        if (heard.type === 'listening') resolve()
        else if (heard.channel === markChannel) notes.marked(heard.payload)
        else notes.notified(heard.payload)
      })
    })
    return {
      merged,
      close() {
        listening.subscription?.unsubscribe()
        notes.close()
      },
    }
  }
  const beginThere = async (): Promise<string> =>
    (await shared.query(`select headway.start_job('import') as id`)).rows[0].id
  const notifyThere = (fields: object): Promise<unknown> =>
    shared.query(`select pg_notify('forge_job_updates', $1)`, [JSON.stringify(fields)])

  it(
    'a row goes through its notes in order',
    async () => {
      const note = fc.record({
        run: fc.nat(2),
        fields: fc.constantFrom<string[]>(
          ['progress'],
          ['message'],
          ['progress', 'message'],
          ['status'],
        ),
        joins: fc.boolean(),
        forges: fc.boolean(),
      })
      const delays = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 })
      const property = fc.asyncProperty(
        fc.array(note, { minLength: 1, maxLength: 20 }),
        fc.tuple(delays, delays, delays),
        async (notes, [first, ...late]) => {
          const mergers = [await createMerger(first)]
          const ended = new Set<number>()
          const ids = await Promise.all([beginThere(), beginThere(), beginThere()])
          const expected = ids.map((): object => ({
            status: 'running',
            progress: 0,
            message: null,
          }))
          for (const [index, { run, fields, joins, forges }] of notes.entries()) {
            // One that comes later counts from its own mark on.
            const delays = joins && late.pop()
            if (delays) mergers.push(await createMerger(delays))
            if (forges) {
              await shared.query(`select pg_notify('headway_note', '999999999999999.forged')`)
            }
            const said = {
              ...(fields.includes('progress') && { progress: index + 1 }),
              ...(fields.includes('message') && { message: `${index}` }),
              ...(fields.includes('status') && { status: 'completed' }),
            }
            // What has ended stays as it ended.
            if (!ended.has(run)) Object.assign(expected[run] ?? {}, said)
            if ('status' in said) ended.add(run)
            await notifyThere({ job_id: ids[run], ...said })
          }
          const last = await beginThere()
          await notifyThere({ job_id: last, progress: 1 })
          for (const { merged } of mergers) {
            await expect.poll(() => merged.has(last)).toBe(true)
          }
          for (const each of mergers) each.close()
          const { rows } = await shared.query('select * from headway.run where id = any($1)', [ids])
          const ends = ids.map((id) => rows.find((row) => row.id === id))
          for (const [run, end] of ends.entries()) {
            // What only one that is behind has heard comes too late for a run that another one,
            // which came later, has ended.
            const isKnown = mergers.length === 1 || !ended.has(run)
            expect(end).toMatchObject(isKnown ? (expected[run] ?? {}) : { status: 'completed' })
          }
          const history = await shared.query('select id, progress from history order by at')
          for (const id of ids) {
            const seen = history.rows.filter((row) => row.id === id).map(({ progress }) => progress)
            expect(seen).toEqual([...seen].sort((a, b) => a - b))
          }
          await shared.query('truncate history')
        },
      )
      await fc.assert(property, { numRuns })
    },
    180_000 + 1_000 * numRuns,
  )
})
