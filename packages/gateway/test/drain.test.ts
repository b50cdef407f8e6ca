import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { get, openStream } from '@headway/conformance/wire'
import { createClient, defineJob } from '@headway/core'
import { afterEach, expect, it } from 'vitest'
import { bullmq } from '../src/bullmq.ts'
import { createGateway, type Gateway, job } from '../src/index.ts'
import { createDatabase, query } from './support/database.ts'
import { quiet } from './support/quiet.ts'

const gateways: Gateway[] = []
afterEach(() => Promise.all(gateways.splice(0).map((gateway) => gateway.close())))

const serve = async (database: string) => {
  const jobs = { plain: job({ run: () => null }) }
  const gateway = await createGateway({ database, engine: bullmq(), jobs, logger: quiet })
  gateways.push(gateway)
  return { gateway, ...(await gateway.listen(0)) }
}

it('sends streams away one after the other, and says when to come back', async () => {
  const { gateway, url } = await serve(await createDatabase())
  const streams = [await openStream(url), await openStream(url), await openStream(url)]
  const ends: number[] = []
  streams.forEach(({ ended }, index) => void ended.then(() => ends.push(index)))
  const drained = gateway.drain({ overMs: 300 })
  const refused = await get(url, '/events')
  expect(refused).toMatchObject({ status: 503, body: { code: 'SERVICE_UNAVAILABLE' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await get(url, '/ready')).toMatchObject({ status: 503, body: { ready: false } })
  expect(await get(url, '/health')).toMatchObject({ status: 200 })
  await Promise.all([drained, gateway.drain(), ...streams.map(({ ended }) => ended)])
  expect(ends).toEqual([0, 1, 2])
  expect(streams.map(({ errors }) => errors)).toEqual(Array(3).fill(['SERVER_DRAINING']))
  expect(() => gateway.drain({ overMs: -1 })).toThrow('overMs is -1')
})

it('a client goes on at another gateway, and has missed nothing', async () => {
  const database = await createDatabase()
  const [old, next] = [await serve(database), await serve(database)]
  let url = old.url
  // What a balancer does: whoever is ready is asked.
  const fetchBalanced: typeof fetch = (input, init) =>
    fetch(String(input).replace(old.url, url), init)
  const client = createClient({ url: old.url, fetch: fetchBalanced })
  const handle = client.start(defineJob<null, null>('plain'), null)
  await expect.poll(() => handle.getSnapshot().sync.status).toBe('live')
  url = next.url
  await old.gateway.drain({ overMs: 0 })
  // Also told: the client may be there already, and then it is a push.
  const change = `with changed as (update headway.run set message = 'meanwhile', revision = revision + 1
    returning id) select pg_notify('headway_run', id::text) from changed`
  await query(database, change)
  await expect.poll(() => handle.getSnapshot().message).toBe('meanwhile')
  expect(handle.getSnapshot().sync.status).toBe('live')
  client.close()
})

it('its connections end with their answers, so that the next request finds another gateway', async () => {
  const { gateway, url } = await serve(await createDatabase())
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const send = async (path: string): Promise<[IncomingMessage, Socket]> => {
    const sent = request(`${url}/_api${path}`, { agent })
    const [answer] = (await once(sent.end(), 'response')) as [IncomingMessage]
    return [answer.resume(), answer.socket]
  }
  const [stream, socket] = await send('/events')
  const ends = once(socket, 'close')
  const drained = gateway.drain({ overMs: 100 })
  await Promise.all([once(stream, 'end'), ends, drained])
  const [health] = await send('/health')
  expect(health.headers.connection).toBe('close')
  agent.destroy()
})

it('a client that it refuses asks again soon when there is another one', async () => {
  const database = await createDatabase()
  const [alone] = [await serve(database)]
  const retryAfter = async ({ url }: { url: string }) =>
    Number((await get(url, '/events')).headers.get('retry-after'))
  const draining = alone.gateway.drain({ overMs: 60_000 })
  const stream = retryAfter(alone)
  expect(await stream).toBeGreaterThan(30)
  await draining
  const [, second] = [await serve(database), await serve(database)]
  void second.gateway.drain({ overMs: 60_000 })
  expect(await retryAfter(second)).toBe(1)
})
