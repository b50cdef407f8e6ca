import { openStream, post, type Stream } from '@headway/conformance/wire'
import { type Client, createClient, type JobHandle, jobsOf } from '@headway/core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createGateway, createWorker, type Gateway, job, type Worker } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { quiet } from './support/quiet.ts'
import { testEngine } from './support/test-engine.ts'

const jobs = {
  plain: job({ run: () => null }),
  less: job({ priority: 2, run: () => null }),
  more: job({ priority: 1, run: () => null }),
  later: job({ delayMs: 3_600_000, run: () => null }),
}
const names = jobsOf<Gateway<typeof jobs>['api']>()

let gateway: Gateway<typeof jobs>
let worker: Worker | undefined
let database: string
let url: string
let client: Client
const streams: Stream[] = []

beforeEach(async () => {
  database = await createDatabase()
  gateway = await createGateway({ database, engine: testEngine(database), jobs, logger: quiet })
  url = (await gateway.listen(0)).url
  client = createClient({ url })
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  client.close()
  await worker?.close()
  await gateway.close()
})

const positionOf = (handle: JobHandle<unknown>): number | null => handle.getSnapshot().position
const positionsOf =
  (...handles: JobHandle<unknown>[]) =>
  () =>
    handles.map(positionOf)

it('shows the place of what waits, by priority, and its moves, without another revision', async () => {
  const less = client.start(names.less)
  await less.ready()
  const more = client.start(names.more)
  const later = client.start(names.later)
  const plain = client.start(names.plain)
  await expect.poll(positionsOf(plain, more, less, later)).toEqual([1, 2, 3, null])
  const { revision } = less.getSnapshot()
  const seen: unknown[] = []
  less.subscribe(() => seen.push(less.getSnapshot().position))
  await plain.cancel()
  await expect.poll(positionsOf(plain, more, less, later)).toEqual([null, 1, 2, null])
  expect(less.getSnapshot().revision).toBe(revision)
  await expect.poll(() => seen).toEqual([2])
  worker = await createWorker({ database, engine: testEngine(database), jobs, logger: quiet })
  await less.result
  expect(less.getSnapshot()).toMatchObject({ status: 'completed', position: null })
})

it('tells it to a page that comes later, and not to the clients of Forge', async () => {
  const first = client.start(names.plain)
  await first.ready()
  const job = client.start(names.plain)
  await expect.poll(positionsOf(first, job)).toEqual([1, 2])
  const id = job.getSnapshot().jobId
  const item = { kind: 'job', id, job_id: id }
  const stream = await openStream(url, {}, '?client=headway.1', [item])
  const forge = await openStream(url)
  streams.push(stream, forge)
  expect(await stream.untilAnswer(id)).toMatchObject({ data: { status: 'pending', position: 2 } })
  const answer = await post(url, '/subscribe-job', { ...forge.session, ...item })
  expect(answer.body).toMatchObject({ data: { status: 'pending' } })
  expect(JSON.stringify(answer.body)).not.toContain('position')
  await first.cancel()
  expect(await stream.until(({ position }) => position === 1)).toMatchObject({ status: 'pending' })
  await gateway.cancel(id)
  await forge.until(({ status }) => status === 'cancelled')
  // Neither when it moved, nor with its end.
  expect(forge.pushed.map((pushed) => [pushed.status, 'position' in pushed])).toEqual([
    ['cancelled', false],
  ])
})
