import { randomUUID } from 'node:crypto'
import { type Client, createClient, defineJob } from '@headway/core'
import { afterEach, describe, expect, it } from 'vitest'
import { observe, theirs, versions } from './support/observed-gateway.ts'

const transcode = defineJob<unknown, unknown>('transcode')

let client: Client | undefined
afterEach(() => client?.close())

describe.each(versions)('a queue of %s', (_, bullmq) => {
  it('has places for what waits: also with priorities, from the other end, and while paused', async () => {
    const { url } = await observe({})
    const { queue, add, row, runId, work } = theirs(bullmq, `q-${randomUUID()}`)
    const jobs = [
      await add('second'),
      await add('later', {}, { delay: 3_600_000 }),
      await add('fifth', {}, { priority: 9 }),
      await add('fourth', {}, { priority: 5 }),
      await add('third'),
      await add('first', {}, { lifo: true }),
    ]
    for (const id of jobs) await expect.poll(() => row(id)).toMatchObject({ status: 'pending' })
    const own = createClient({ url })
    client = own
    const handles = jobs.map((id) => own.attach(transcode, runId(id)))
    const positions = () => handles.map((handle) => handle.getSnapshot().position)
    for (const handle of handles) handle.subscribe(() => undefined)
    await expect.poll(positions).toEqual([2, null, 5, 4, 3, 1])
    await queue.pause()
    const lastId = await add('last')
    await expect.poll(() => row(lastId)).toMatchObject({ status: 'pending' })
    const last = own.attach(transcode, runId(lastId))
    last.subscribe(() => undefined)
    // It is taken before those with a priority.
    await expect.poll(() => last.getSnapshot().position).toBe(4)
    await expect.poll(positions).toEqual([2, null, 6, 5, 3, 1])
    await queue.resume()
    const order: string[] = []
    work(async (job) => void order.push(job.name))
    await expect.poll(() => order).toEqual(['first', 'second', 'third', 'last', 'fourth', 'fifth'])
    await expect.poll(positions).toEqual(handles.map(() => null))
  })
})
