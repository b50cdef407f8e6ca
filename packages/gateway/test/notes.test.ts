import { setTimeout as wait } from 'node:timers/promises'
import { openStream, post, read, subscribe } from '@headway/conformance'
import fc from 'fast-check'
import pg from 'pg'
import type { Subscription } from 'rxjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, createWorker, type Gateway, type Worker } from '../src/index.ts'
import { listen } from '../src/postgres/listen.ts'
import { migrate } from '../src/runs/migrate.ts'
import { createNotified, makeMark, markChannel, notifiedChannel } from '../src/runs/notified.ts'
import { createDatabase } from './support/database.ts'
import { jobs } from './support/jobs.ts'
import { quiet } from './support/quiet.ts'

/** More before a release: HEADWAY_RUNS. */
const numRuns = Number(process.env.HEADWAY_RUNS ?? 15)

let database: string
let gateway: Gateway
let worker: Worker
let url: string
let pool: pg.Pool

beforeAll(async () => {
  database = await createDatabase()
  const app = { database, engine: bullmq(), jobs, logger: quiet }
  gateway = await createGateway(app)
  worker = await createWorker({ ...app, concurrency: 4 })
  url = (await gateway.listen(0)).url
  pool = new pg.Pool({ connectionString: database, max: 4 })
})
afterAll(async () => {
  await worker?.close()
  await gateway?.close()
  await pool?.end()
})

const notify = (payload: object | string, channel: string = notifiedChannel): Promise<unknown> =>
  pool.query('select pg_notify($1, $2)', [
    channel,
    typeof payload === 'string' ? payload : JSON.stringify(payload),
  ])
const begin = async (): Promise<string> =>
  (await pool.query(`select headway.start_job('import') as id`)).rows[0].id
const rowOf = async (id: string) =>
  (await pool.query('select * from headway.run where id = $1', [id])).rows[0]
/** Until what was sent to the gateway before has been merged. */
const settled = async (): Promise<void> => {
  const id = await begin()
  await notify({ job_id: id, progress: 1 })
  await expect.poll(async () => (await rowOf(id)).progress).toBe(1)
}

describe('raw notes', () => {
  it('sent in a row for many runs at once end on the last of each run', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, begin))
    for (let percent = 5; percent <= 100; percent += 5) {
      await Promise.all(ids.map((id) => notify({ job_id: id, progress: percent })))
    }
    await settled()
    const rows = await Promise.all(ids.map(rowOf))
    expect(rows.map(({ progress }) => progress)).toEqual(ids.map(() => 100))
  })

  it('are merged whatever their text holds: NUL, half a surrogate pair', async () => {
    const id = await begin()
    await notify(`{"job_id":"${id}","message":"a\\u0000b","error":"\\ud800","output":"c\\u0000"}`)
    await settled()
    expect(await rowOf(id)).toMatchObject({ message: 'a\uFFFDb', error: '\uFFFD' })
    expect(await read(url, id)).toMatchObject({ output: 'c\0' })
  })

  it('nested as deep as a note can hold end no gateway, and keep no other note from it', async () => {
    const id = await begin()
    for (const depth of [1_500, 2_500, 3_900]) {
      await notify(`{"job_id":"${id}","output":${'['.repeat(depth)}${']'.repeat(depth)}}`)
      await notify(`{"job_id":"${id}","status":${'['.repeat(depth)}${']'.repeat(depth)}}`)
    }
    await settled()
  })

  it('after the end change nothing, and an id in capitals is the same id', async () => {
    const id = await begin()
    await notify({ job_id: id.toUpperCase(), status: 'completed', output: 1 })
    await notify({ job_id: id, status: 'running', progress: 3 })
    await notify({ job_id: id, message: 'late' })
    await notify({ job_id: id, status: 'completed', output: 2 })
    await settled()
    expect(await rowOf(id)).toMatchObject({
      status: 'completed',
      output: 1,
      progress: 0,
      message: null,
    })
  })

  it('for a run that does not exist yet do not keep later notes from it', async () => {
    const id = crypto.randomUUID()
    await notify({ job_id: id, progress: 1 })
    await settled()
    await pool.query(`select headway.start_job('import', id => $1)`, [id])
    await notify({ job_id: id, progress: 2 })
    await settled()
    expect(await rowOf(id)).toMatchObject({ progress: 2 })
  })

  it('change nothing with notifications: false', async () => {
    const other = await createDatabase()
    const deaf = await createGateway({ database: other, notifications: false, logger: quiet })
    const { url } = await deaf.listen(0)
    const at = new pg.Client({ connectionString: other })
    await at.connect()
    const { rows } = await at.query(`select headway.start_job('import') as id`)
    const [{ id }] = rows
    const stream = await openStream(url)
    await subscribe(url, stream, id)
    await at.query(`select pg_notify('forge_job_updates', $1)`, [
      JSON.stringify({ job_id: id, progress: 50, message: 'forged' }),
    ])
    await at.query('select headway.progress($1, 60)', [id])
    await stream.until(({ progress }) => progress === 60)
    expect(await read(url, id)).toMatchObject({ progress: 60, message: null })
    stream.close()
    await at.end()
    await deaf.close()
  })
})

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

describe('a forged note', () => {
  it('is all that a role without rights can send', async () => {
    const id = await begin()
    const { pathname } = new URL(database)
    const role = `stranger_${pathname.slice(-6)}`
    await pool.query(`create role ${role} login password 'stranger'`)
    const at = new URL(database)
    at.username = role
    at.password = 'stranger'
    const stranger = new pg.Client({ connectionString: at.href })
    await stranger.connect()
    for (const call of [
      `select headway.progress('${id}', 50)`,
      `select headway.merge_notes(array['${id}'::uuid], '{1}', '{1}', array['{"progress":1}'::json], '{null}')`,
      'select headway.mark_notes()',
      'select key from headway.note_mark',
    ]) {
      await expect(stranger.query(call)).rejects.toMatchObject({ code: '42501' })
    }
    await stranger.query(`select pg_notify('forge_job_updates', '{"job_id":"${id}","progress":9}')`)
    await settled()
    expect(await rowOf(id)).toMatchObject({ progress: 9 })
    await pool.query(`grant usage on schema headway to ${role};
      grant select, insert, update on headway.run, headway.step to ${role}`)
    const { rows } = await stranger.query(`select headway.start_job('import') as id`)
    await stranger.query('select headway.progress($1, 50)', [rows[0].id])
    await stranger.query('select headway.complete($1)', [rows[0].id])
    expect(await rowOf(rows[0].id)).toMatchObject({ status: 'completed', progress: 50 })
    await stranger.end()
    await pool.query(`drop owned by ${role}; drop role ${role}`)
  })

  const start = async (name: string, args: unknown = null): Promise<string> => {
    const { body } = await post(url, `/rpc/${name}`, { args })
    return (body as { data: { job_id: string } }).data.job_id
  }

  it.each([
    { status: 'completed', output: 'forged' },
    { status: 'failed', error: 'forged' },
    { status: 'pending', progress: 0 },
    { message: 'forged' },
  ])('says nothing of a run that an engine owns: %j', async (forged) => {
    const id = await start('endless')
    const stream = await openStream(url)
    await subscribe(url, stream, id)
    await expect.poll(async () => (await read(url, id)).message).toBe('at work')
    await notify({ job_id: id, ...forged })
    await settled()
    expect(await read(url, id)).toMatchObject({
      status: 'running',
      message: 'at work',
      output: null,
    })
    await post(url, `/jobs/${id}/cancel`, { reason: 'enough' })
    await stream.until(({ status }) => status === 'cancelled')
    stream.close()
  })

  it('does not delay honest notes, even in thousands', async () => {
    const id = await start('endless')
    const honest = await begin()
    const stream = await openStream(url)
    await subscribe(url, stream, honest)
    await subscribe(url, stream, id)
    const flood = `
      select pg_notify('forge_job_updates', json_build_object('job_id', gen_random_uuid(), 'n', n)::text),
             pg_notify('forge_job_updates', json_build_object('job_id', '${id}', 'status', 'failed', 'n', n)::text),
             pg_notify('forge_job_updates', '{' || n),
             pg_notify('headway_run', gen_random_uuid()::text),
             pg_notify('headway_table', n::text),
             pg_notify('headway_note', n || '.forged'),
             pg_notify('headway_cancel', gen_random_uuid()::text),
             pg_notify('headway_work', n::text),
             pg_notify('headway_event', gen_random_uuid()::text)
        from generate_series(1, 3000) as n`
    await pool.query(flood)
    // Those that are alike are one within a transaction: each in one of its own.
    await pool.query(`do $$ begin
      for n in 1..1000 loop
        perform pg_notify('headway_run', '${id}'), pg_notify('headway_cancel', '${id}'),
                pg_notify('headway_event', '${id}'), pg_notify('headway_work', ''),
                pg_notify('forge_job_updates', '{"job_id":"${honest}","message":"' || n || '"}');
        commit;
      end loop;
    end $$`)
    await notify({ job_id: honest, progress: 77 })
    await stream.until(({ job_id, progress }) => job_id === honest && progress === 77)
    expect(await read(url, id)).toMatchObject({ status: 'running' })
    await post(url, `/jobs/${id}/cancel`, {})
    await stream.until(({ job_id, status }) => job_id === id && status === 'cancelled')
    stream.close()
  })

  it('that asks to cancel cancels nothing: the worker reads the row once for many notes', async () => {
    const id = await start('endless')
    await expect.poll(async () => (await read(url, id)).message).toBe('at work')
    await pool.query(
      `select pg_notify('headway_cancel', $1), pg_notify('headway_event', $1), pg_notify('headway_run', $1)`,
      [id],
    )
    await settled()
    expect(await read(url, id)).toMatchObject({ status: 'running' })
    await post(url, `/jobs/${id}/cancel`, {})
    await expect.poll(async () => (await read(url, id)).status).toBe('cancelled')
  })
})
