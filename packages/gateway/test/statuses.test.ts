import { cancel, get, post, start } from '@headway/conformance/wire'
import { createClient, defineJob } from '@headway/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createGateway, createWorker, type Gateway, type Worker } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { jobs } from './support/jobs.ts'
import { quiet } from './support/quiet.ts'
import { testEngine } from './support/test-engine.ts'

let database: string
let gateway: Gateway
let worker: Worker | undefined
let url: string

const app = () => ({ database, engine: testEngine(database), jobs, logger: quiet })
/** Every status a job has had, in order. */
const history = async (jobId: string): Promise<string> => {
  const rows = await query<{ status: string }>(
    database,
    'select status from history where id = $1 order by place',
    [jobId],
  )
  return rows.map(({ status }) => status).join(' ')
}

beforeAll(async () => {
  database = await createDatabase()
  gateway = await createGateway(app())
  url = (await gateway.listen(0)).url
  // The row changes faster than anybody looks: the database itself notes each status.
  await query(
    database,
    `create table history (place bigserial, id uuid, status text);
     create function note() returns trigger language plpgsql as $$ begin
       insert into history (id, status) values (new.id, new.status);
       return null;
     end $$;
     create trigger note_insert after insert on headway.run for each row execute function note();
     create trigger note_update after update on headway.run for each row
       when (new.status is distinct from old.status) execute function note()`,
  )
})
afterAll(async () => {
  await worker?.close({ force: true })
  await gateway?.close()
})

it('all ten statuses are reached by real jobs, along the arrows of PROTOCOL.md, "Job statuses"', async () => {
  const early = await start(url, 'quick')
  await cancel(url, early)
  worker = await createWorker({ ...app(), concurrency: 4 })
  const ids = {
    completed: await start(url, 'quick'),
    failed: await start(url, 'failing'),
    deadLetter: await start(url, 'failingTwice'),
    again: await start(url, 'failingOnce'),
    cancelled: await start(url, 'endless'),
    stubborn: await start(url, 'stubborn'),
  }
  for (const id of [ids.cancelled, ids.stubborn]) {
    await expect.poll(() => history(id)).toBe('pending claimed running')
    await cancel(url, id)
  }
  const expected = {
    completed: 'pending claimed running completed',
    failed: 'pending claimed running failed',
    deadLetter: 'pending claimed running retry claimed running dead_letter',
    again: 'pending claimed running retry claimed running completed',
    cancelled: 'pending claimed running cancel_requested cancelled',
    stubborn: 'pending claimed running cancel_requested completed',
  }
  for (const name of Object.keys(ids) as (keyof typeof ids)[]) {
    await expect.poll(() => history(ids[name])).toBe(expected[name])
  }
  expect(await history(early)).toBe('pending cancelled')

  const nowhere = '00000000-0000-4000-8000-000000000000'
  expect(await get(url, `/jobs/${nowhere}`)).toMatchObject({ status: 404 })
  const client = createClient({ url })
  const handle = client.attach(defineJob<null, null>('quick'), nowhere)
  handle.subscribe(() => undefined)
  await expect.poll(() => handle.getSnapshot().status).toBe('not_found')
  client.close()
})

it('an output that is too much for everybody who watches fails its job, and says what to do', async () => {
  worker ??= await createWorker(app())
  const id = await start(url, 'huge')
  await expect.poll(() => history(id)).toBe('pending claimed running failed')
  const [row] = await query<{ error: string }>(
    database,
    'select error from headway.run where id = $1',
    [id],
  )
  expect(row?.error).toContain('store it and return its address')
})

it('finds a job by its id in upper case, as PostgreSQL does', async () => {
  const id = await start(url, 'quick')
  const answers = await Promise.all([
    get(url, `/jobs/${id}`),
    get(url, `/jobs/${id.toUpperCase()}`),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})

it('follows a job by its id in upper case', async () => {
  const client = createClient({ url })
  try {
    const id = await start(url, 'quick')
    const job = client.attach(defineJob('quick'), id.toUpperCase())
    job.subscribe(() => undefined)
    await expect.poll(() => job.getSnapshot().sync.status).toBe('live')
    // News reach it, too: it may have ended before.
    await post(url, `/jobs/${id}/cancel`, {})
    await expect.poll(() => job.getSnapshot().phase).toMatch(/^(cancelled|succeeded)$/)
  } finally {
    client.close()
  }
})
