import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineJob, defineQuery, defineWorkflow } from '../src/index.ts'
import { createFakeClient, type FakeRequest, failure } from '../src/testing/index.ts'
import { inBatches } from './support/in-batches.ts'
import { live } from './support/live.ts'

/* A refused item refuses no other, whatever the batch's size, depth or ids. */

const exportUsers = defineJob<null, string>('export_users')
const verify = defineWorkflow<null, string>('verify')
const search = defineQuery<unknown, string>('search')

const create = () =>
  createFakeClient(
    { capabilities: inBatches, workflows: ['verify'], queries: { search: () => 'found' } },
    { random: () => 0.5 },
  )

/** A server, or something before it, that refuses requests as a whole: by their size and by what is in them. */
const refuseBodies =
  (isBad: (text: string) => boolean, status: number) =>
  ({ path, body }: FakeRequest): Response | undefined =>
    path.startsWith('/subscribe') && isBad(JSON.stringify(body))
      ? failure(status, 'REFUSED', 'not like this')
      : undefined

describe('a batch', () => {
  it('of which one item is too large: the others are live, and it alone is refused', async () => {
    const { client, gateway, advance } = create()
    gateway.intercept(refuseBodies((text) => text.length > 1_000_000, 413))
    const job = client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id)
    const large = client.watch(search, { text: 'x'.repeat(1_100_000) })
    for (const store of [job, large]) store.subscribe(() => undefined)
    await advance(1_000)
    expect(job.getSnapshot().sync.status).toBe('live')
    expect(large.getSnapshot()).toMatchObject({ sync: { status: 'refused', reason: 'REFUSED' } })
  })

  it('is cut by its bytes: many that are large together are no trouble', async () => {
    const { client, gateway, advance } = create()
    gateway.intercept(refuseBodies((text) => text.length > 1_000_000, 413))
    const queries = Array.from({ length: 20 }, (_, at) =>
      client.watch(search, { at, text: 'x'.repeat(100_000) }),
    )
    for (const query of queries) query.subscribe(() => undefined)
    await advance(1_000)
    for (const query of queries) expect(query.getSnapshot().sync.status).toBe('live')
    expect(gateway.requests.filter(({ path }) => path === '/subscribe')).toEqual([])
  })

  it('is nested deeper than its items: one that is taken alone only is taken alone', async () => {
    const { client, gateway, advance } = create()
    gateway.intercept(({ path, body }) =>
      path.startsWith('/subscribe') && depthOf(body) > 12
        ? failure(400, 'BAD_REQUEST', 'nested too deep')
        : undefined,
    )
    const nested = (levels: number): unknown => (levels === 0 ? 1 : { in: nested(levels - 1) })
    const job = client.attach(exportUsers, gateway.createJob().job_id)
    const deep = client.watch(search, nested(10))
    const deeper = client.watch(search, nested(20))
    for (const store of [job, deep, deeper]) store.subscribe(() => undefined)
    await advance(1_000)
    const statuses = [job, deep, deeper].map((store) => store.getSnapshot().sync.status)
    expect(statuses).toEqual(['live', 'live', 'refused'])
  })

  it('with one id as a job and as a workflow: each has its own answer', async () => {
    const { client, gateway, settled } = create()
    gateway.createJob({ job_id: 'same', status: 'running' })
    const job = client.attach(exportUsers, 'same')
    const workflow = client.attach(verify, 'same')
    for (const store of [workflow, job]) store.subscribe(() => undefined)
    await settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'running', sync: { status: 'live' } })
    expect(workflow.getSnapshot().phase).toBe('missing')
  })

  it('of an older server, whose answers say no kind: the place decides', async () => {
    const { client, gateway, settled } = create()
    gateway.createJob({ job_id: 'same', status: 'running' })
    const { fetch } = gateway
    gateway.intercept(async ({ path, method, body, headers }) => {
      if (path !== '/subscribe-batch' || headers.has('x-again')) return undefined
      const init = { method, headers: { 'x-again': '1' }, body: JSON.stringify(body) }
      const answer = await (await fetch(`http://fake/_api${path}`, init)).json()
      const data = answer.data.map(({ kind: _, ...rest }: { kind: string }) => rest)
      return Response.json({ ...answer, data })
    })
    const job = client.attach(exportUsers, 'same')
    const workflow = client.attach(verify, 'same')
    for (const store of [workflow, job]) store.subscribe(() => undefined)
    await settled()
    expect(job.getSnapshot()).toMatchObject({ phase: 'running', sync: { status: 'live' } })
    expect(workflow.getSnapshot().phase).toBe('missing')
  })

  it('whose answer has room for a few: the rest is asked for at once, in batches that fit', async () => {
    const { client, gateway, advance } = create()
    const { fetch } = gateway
    const sizes: number[] = []
    const full = { code: 'SERVICE_UNAVAILABLE', message: 'full', retry_after_secs: 0 }
    gateway.intercept(async ({ path, method, body, headers }) => {
      if (path !== '/subscribe-batch' || headers.has('x-again')) return undefined
      const { items } = body as { items: { kind: string; id: string }[] }
      sizes.push(items.length)
      const fits = { ...(body as object), items: items.slice(0, 3) }
      const init = { method, headers: { 'x-again': '1' }, body: JSON.stringify(fits) }
      const answer = await (await fetch(`http://fake/_api${path}`, init)).json()
      const left = items.slice(3).map(({ kind, id }) => ({ kind, id, success: false, error: full }))
      return Response.json({ ...answer, data: [...answer.data, ...left] })
    })
    const jobs = Array.from({ length: 40 }, () =>
      client.attach(exportUsers, gateway.createJob({ status: 'running' }).job_id),
    )
    for (const job of jobs) job.subscribe(() => undefined)
    await advance(0)
    for (const job of jobs) expect(job.getSnapshot().sync.status).toBe('live')
    expect(sizes.slice(0, 2)).toEqual([40, 3])
    expect(Math.max(...sizes.slice(1))).toBeLessThan(10)
  })

  it('that is refused since nobody is signed in is not sent in pieces', async () => {
    const { client, gateway, advance } = create()
    gateway.intercept(({ path }) =>
      path.startsWith('/subscribe') ? failure(401, 'UNAUTHORIZED', 'who?') : undefined,
    )
    for (let at = 0; at < 100; at += 1) {
      client.attach(exportUsers, gateway.createJob().job_id).subscribe(() => undefined)
    }
    await advance(1_000)
    expect(gateway.requests.filter(({ path }) => path.startsWith('/subscribe'))).toHaveLength(1)
  })

  it('a property: whichever items something on the way dislikes, all others are live', async () => {
    const statuses = fc.constantFrom(400, 403, 404, 413, 422, 431)
    const bad = fc.uniqueArray(fc.nat(149), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 150 }), bad, statuses, async (n, ill, status) => {
        const { client, gateway, advance } = create()
        const isIll = (text: string) => ill.some((at) => text.includes(`"mark-${at}-"`))
        gateway.intercept(refuseBodies(isIll, status))
        const queries = Array.from({ length: n }, (_, at) => client.watch(search, `mark-${at}-`))
        for (const query of queries) query.subscribe(() => undefined)
        await advance(1_000)
        queries.forEach((query, at) => {
          const expected = ill.includes(at) ? 'refused' : 'live'
          expect(query.getSnapshot().sync.status).toBe(expected)
        })
        client.close()
      }),
      { numRuns: Number(process.env.HEADWAY_RUNS ?? 30) },
    )
  })

  it.each([
    ['is answered 500', () => failure(500, 'INTERNAL_ERROR', 'oops')],
    [
      'is reset',
      () => {
        throw new TypeError('connection reset')
      },
    ],
    ['is never answered', () => new Promise<Response>(() => undefined)],
  ])('that %s because of one item: the others are live', async (_, answer) => {
    const fake = create()
    fake.gateway.intercept(({ path, body }) =>
      path.startsWith('/subscribe') && JSON.stringify(body).includes('poison')
        ? answer()
        : undefined,
    )
    const { job_id } = fake.gateway.createJob({ status: 'running' })
    const job = fake.client.attach(exportUsers, job_id)
    for (const store of [job, fake.client.watch(search, 'poison')]) store.subscribe(() => undefined)
    await live(fake, 600_000)
    expect(job.getSnapshot().sync.status).toBe('live')
  })
})

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}
