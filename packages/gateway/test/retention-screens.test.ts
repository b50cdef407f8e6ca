import { openStream, post, type Stream } from '@headway/conformance/wire'
import { type Client, createClient, defineJob } from '@headway/core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, job } from '../src/index.ts'
import { openPool } from '../src/postgres/pools.ts'
import { firstPlace, removeEnded } from '../src/runs/remove-ended.ts'
import { resolveRetention } from '../src/runs/retention-options.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const exportUsers = defineJob<null, null>('export_users')
const kept = 'ended runs are kept for 7 days'

let gateway: Gateway
let database: string
let url: string
let client: Client
const streams: Stream[] = []

beforeAll(async () => {
  database = await createDatabase()
  const jobs = { export_users: job({ run: () => null }) }
  const app = { database, engine: bullmq(), jobs, logger: quiet, retention: 7 }
  gateway = await createGateway(app)
  url = (await gateway.listen(0)).url
  client = createClient({ url })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.close()
})
afterAll(async () => {
  client?.close()
  await gateway?.close()
})

/** A job that is reported in SQL. */
const begin = async (): Promise<string> =>
  (await query<{ id: string }>(database, `select headway.start_job('reported') as id`))[0]?.id ?? ''
const complete = (id: string) => query(database, 'select headway.complete($1)', [id])

/** What the gateway does eight days later. */
const removeAll = async (): Promise<void> => {
  const pool = openPool(database, quiet, { max: 2, isPooled: false })
  await removeEnded(
    {
      pool,
      retention: resolveRetention(7),
      place: { engine: 'bullmq', queue: 'bullmq.headway' },
      observedQueues: async () => [],
      workflowEngine: undefined,
      logsStay: () => undefined,
      pause: async () => undefined,
      time: new Date(Date.now() + 8 * 86_400_000).toISOString(),
    },
    7,
    firstPlace,
  )
  await pool.end()
}

it('a page that still shows the end of a run is told that it was removed, and why', async () => {
  const id = await begin()
  const shown = client.attach(exportUsers, id)
  shown.subscribe(() => undefined)
  await expect.poll(() => shown.getSnapshot().phase).toBe('running')
  await complete(id)
  await shown.result
  await removeAll()
  await expect.poll(() => shown.getSnapshot().status).toBe('not_found')
  expect(shown.getSnapshot()).toMatchObject({
    phase: 'missing',
    isDone: true,
    error: `The job was removed: ${kept}`,
  })
})

it('a page that asks for a removed run is told why there is none', async () => {
  const id = await begin()
  await complete(id)
  await removeAll()
  const shown = client.attach(exportUsers, id)
  await expect(shown.result).rejects.toThrow(id)
  expect(shown.getSnapshot()).toMatchObject({
    status: 'not_found',
    error: `The job ${id} does not exist, or was removed: ${kept}`,
  })
})

it("a stream of Forge's client is told with a word that it knows", async () => {
  const id = await begin()
  const stream = await openStream(url)
  streams.push(stream)
  await post(url, '/subscribe-job', { ...stream.session, id: 'mine', job_id: id })
  await complete(id)
  await expect.poll(() => stream.pushed.at(-1)?.status).toBe('completed')
  await removeAll()
  await expect.poll(() => stream.pushed.at(-1)?.status).toBe('not_found')
  expect(stream.targets.at(-1)).toBe('job:mine')
})

it('a key whose run was removed starts another one, under its id', async () => {
  const headers = { 'content-type': 'application/json', 'x-idempotency-key': crypto.randomUUID() }
  const start = async (): Promise<string> => {
    const init = { method: 'POST', headers, body: '{}' }
    const answer = await fetch(`${url}/_api/rpc/export_users`, init)
    return (await answer.json()).data.job_id
  }
  const id = await start()
  await query(
    database,
    `update headway.run set status = 'completed', finished_at = now() where id = $1`,
    [id],
  )
  await removeAll()
  expect(await start()).toBe(id)
  const rows = await query(database, 'select status from headway.run where id = $1', [id])
  expect(rows).toEqual([{ status: 'pending' }])
})
