import { expect, it } from 'vitest'
import { defineJob, defineQuery } from '../src/index.ts'
import { isRecord } from '../src/protocol/json.ts'
import { createFakeClient, type FakeRequest, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { live } from './support/live.ts'
import { outcomeOf } from './support/outcome.ts'

/* Failed registrations wait independently, each as long as the server asks. */

const exportUsers = defineJob<null, string>('export_users')
const search = defineQuery<unknown, string>('search')

const create = () =>
  createFakeClient(
    { capabilities: inBatches, queries: { search: () => 'found' } },
    { random: () => 0.5 },
  )

/** Refuses each item of a batch with this Retry-After; for `undefined` the fake answers. */
const refuseItems = (
  { path, body }: FakeRequest,
  secsOf: (item: Record<string, unknown>) => number | undefined,
): Response | undefined => {
  if (path !== '/subscribe-batch' || !Array.isArray(body.items)) return undefined
  const data = body.items.filter(isRecord).map((item) => ({
    kind: item.kind,
    id: item.id,
    success: false,
    error: { code: 'RATE_LIMITED', message: 'later', retry_after_secs: secsOf(item) },
  }))
  return Response.json({ success: true, data })
}

it('sends little more than one request per row if the server refuses all of a thousand rows', async () => {
  const { client, gateway, advance } = create()
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
  )
  for (let row = 0; row < 1_000; row += 1)
    client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await advance(1_000)
  expect(gateway.requests.length).toBeLessThanOrEqual(1_100)
})

it('stops sending batches if only single registrations are accepted', async () => {
  const { client, gateway, advance } = create()
  gateway.intercept(({ path }) =>
    path === '/subscribe-batch' ? failure(403, 'BLOCKED', 'not like this') : undefined,
  )
  const jobs = Array.from({ length: 300 }, () =>
    client.attach(exportUsers, gateway.createJob().job_id),
  )
  for (const job of jobs) job.subscribe(() => undefined)
  await advance(10_000)
  for (const job of jobs) expect(job.getSnapshot().sync.status).toBe('live')
  expect(gateway.requests.length).toBeLessThan(300 + 40)
})

it('does not treat a 404 of a load balancer as a missing job', async () => {
  const { client, gateway, advance } = create()
  client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
  await advance(100)
  const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
  const { result } = job
  gateway.intercept(({ path }) =>
    path.startsWith('/subscribe')
      ? new Response('default backend - 404', { status: 404 })
      : undefined,
  )
  await advance(100)
  gateway.intercept(() => undefined)
  await advance(5_000)
  expect(await outcomeOf(result)).toBe('pending')
})

it('waits as long as the server asked, also if another registration fails meanwhile', async () => {
  const fake = create()
  const { client, gateway, advance } = fake
  const [first, second] = [gateway.createJob().job_id, gateway.createJob().job_id]
  let asked = 0
  gateway.intercept(({ path, body }) => {
    if (path !== '/subscribe-batch') return undefined
    const isFirst = JSON.stringify(body).includes(first)
    asked += Number(isFirst)
    return failure(429, 'RATE_LIMITED', 'later', { 'retry-after': isFirst ? '60' : '1' })
  })
  client.attach(exportUsers, first).subscribe(() => undefined)
  await advance(500)
  client.attach(exportUsers, second).subscribe(() => undefined)
  await live(fake, 40_000)
  expect(asked).toBe(1)
})

it('sends a failed item again while another item waits for an hour', async () => {
  const fake = create()
  const { client, gateway } = fake
  let answers = 0
  gateway.intercept((request) =>
    request.path === '/subscribe-batch' && answers++ === 0
      ? refuseItems(request, ({ kind }) => (kind === 'query' ? 3_600 : undefined))
      : undefined,
  )
  const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
  for (const store of [job, client.watch(search, 'ann')]) store.subscribe(() => undefined)
  await live(fake, 300_000)
  expect(job.getSnapshot().sync.status).toBe('live')
})

it('does not send an item early that waits for an hour, while another one waits for a second', async () => {
  const fake = create()
  const { client, gateway, advance } = fake
  const asked: unknown[] = []
  gateway.intercept((request) =>
    refuseItems(request, ({ args }) => {
      asked.push(args)
      return args === 'hour' ? 3_600 : 1
    }),
  )
  client.watch(search, 'hour').subscribe(() => undefined)
  await advance(100)
  client.watch(search, 'second').subscribe(() => undefined)
  await live(fake, 60_000)
  expect(asked.filter((args) => args === 'hour')).toHaveLength(1)
  expect(asked.filter((args) => args === 'second').length).toBeGreaterThan(1)
})
