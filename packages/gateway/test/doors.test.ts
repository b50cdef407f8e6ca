import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createGateway, type Gateway, type GatewayOptions } from '../src/index.ts'
import { createDatabase } from './support/database.ts'
import { memoryEngine } from './support/memory-engine.ts'
import { quiet } from './support/quiet.ts'

let database: string
const closing: (() => unknown)[] = []

const make = async (options: Partial<GatewayOptions> = {}): Promise<Gateway> => {
  const app = { database, engine: memoryEngine(), logger: quiet, ...options }
  const gateway = await createGateway(app)
  closing.push(gateway.close)
  return gateway
}
/**
 * A server of the application's own, on all addresses of this machine, as Next and Express listen.
 */
const mount = async (gateway: Gateway, ...at: Parameters<Server['listen']>): Promise<Server> => {
  const server = createServer((request, response) => gateway.node(request, response))
  server.listen(...at)
  await once(server, 'listening')
  closing.push(
    () => server.closeAllConnections(),
    () => server.close(),
  )
  return server
}
const portOf = (server: Server): number => (server.address() as AddressInfo).port
/**
 * An address of this machine that is not a loopback one: what comes from it is as from another
 * machine.
 */
const outer = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address

const ask = async (
  where: object,
  headers: Record<string, string> = {},
): Promise<[status: number | undefined, text: string]> => {
  const asked = httpRequest({ path: '/_api/health', headers, ...where })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response) text += chunk
  return [response.statusCode, text]
}

beforeAll(async () => {
  database = await createDatabase()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  for (const close of closing.reverse()) await close()
})

describe('without auth, mounted in a server that others can reach', () => {
  let gateway: Gateway
  let server: Server
  beforeAll(async () => {
    gateway = await make()
    server = await mount(gateway, 0)
  })

  it.skipIf(!outer)('refuses another address, whatever its Host header is', async () => {
    const where = { host: outer, port: portOf(server) }
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      const [status, text] = await ask(where, { host })
      expect([status, text]).toEqual([403, expect.stringContaining(`comes from ${outer}`)])
    }
  })

  it('answers this machine over IPv4 and IPv6', async () => {
    const port = portOf(server)
    expect((await ask({ host: '127.0.0.1', port }))[0]).toBe(200)
    expect((await ask({ host: '::1', port }))[0]).toBe(200)
  })

  it('refuses requests that a proxy on this machine passes on, and other host names', async () => {
    const where = { host: '127.0.0.1', port: portOf(server) }
    expect((await ask(where, { 'x-forwarded-for': '203.0.113.9' }))[0]).toBe(403)
    expect((await ask(where, { 'x-forwarded-for': '::1' }))[0]).toBe(200)
    expect((await ask(where, { host: 'evil.example' }))[0]).toBe(403)
  })

  it('answers on a socket of the file system', async () => {
    const path = join(tmpdir(), `headway-${process.pid}.sock`)
    await mount(gateway, path)
    expect((await ask({ socketPath: path }, { host: 'localhost' }))[0]).toBe(200)
    const far = { host: 'localhost', 'x-forwarded-for': '203.0.113.9' }
    expect((await ask({ socketPath: path }, far))[0]).toBe(403)
  })

  it('does not take a reset connection for one of this machine', async () => {
    // Node knows no remote address of it any more; one of the file system has no own address
    // either.
    const socket = { destroyed: false, remoteAddress: undefined, localAddress: '10.0.0.1' }
    const headers = { host: 'localhost' }
    const request = { headers, url: '/_api/health', method: 'GET', complete: true, socket }
    const status = await new Promise<number>((resolve) => {
      const response = { writeHead: resolve, end: () => undefined }
      gateway.node(request as never, response as never)
    })
    expect(status).toBe(403)
  })
})

describe('without auth, behind a proxy that is trusted', () => {
  it.skipIf(!outer)(
    'both have to be of this machine, the proxy and the client it names',
    async () => {
      const server = await mount(await make({ trustProxy: 1 }), 0)
      const by = (host: string | undefined) => (client: string) =>
        ask({ host, port: portOf(server) }, { host: 'localhost', 'x-forwarded-for': client })
      expect((await by('127.0.0.1')('127.0.0.1'))[0]).toBe(200)
      expect((await by('127.0.0.1')('203.0.113.9'))[0]).toBe(403)
      // What another machine calls 127.0.0.1 is that one, and anybody can say it.
      expect((await by(outer)('127.0.0.1'))[0]).toBe(403)
      expect((await ask({ host: outer, port: portOf(server) }, { host: 'localhost' }))[0]).toBe(403)
    },
  )
})

describe('without auth, by fetch', () => {
  const health = () => new Request('http://localhost/_api/health')

  it.each(['production', ''])(
    'NODE_ENV "%s": a request without an address is refused',
    async (mode) => {
      vi.stubEnv('NODE_ENV', mode)
      const gateway = await make()
      const refused = await gateway.fetch(health())
      expect(refused.status).toBe(403)
      expect(await refused.text()).toContain('gateway.fetch(request, { ip })')
      expect((await gateway.fetch(health(), { ip: '::1' })).status).toBe(200)
      expect((await gateway.fetch(health(), { ip: '10.0.0.1' })).status).toBe(403)
      const open = await make({ auth: { authenticate: async () => null } })
      expect((await open.fetch(health())).status).toBe(200)
    },
  )

  it.each(['development', 'test'])(
    'NODE_ENV "%s": a request without an address is answered',
    async (mode) => {
      vi.stubEnv('NODE_ENV', mode)
      const gateway = await make()
      expect((await gateway.fetch(health())).status).toBe(200)
      expect((await gateway.fetch(health(), { ip: '10.0.0.1' })).status).toBe(403)
    },
  )
})

it('logs once that X-Forwarded-For comes and is not trusted', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
  const auth = { authenticate: async () => null }
  for (const trustProxy of [0, 1]) {
    const gateway = await make({ auth, trustProxy, logger })
    for (let turn = 0; turn < 3; turn += 1) {
      const headers = { 'x-forwarded-for': '203.0.113.9' }
      await gateway.fetch(new Request('http://localhost/_api/health', { headers }))
    }
  }
  expect(lines).toEqual([expect.stringContaining('Set trustProxy to the number of your proxies')])
})

describe('listen', () => {
  it.each(['127.0.0.1', '::1', 'localhost', '127.0.0.2'])('%s: its url works', async (host) => {
    const gateway = await make()
    const { url } = await gateway.listen(0, host)
    expect((await fetch(`${url}/_api/health`)).status).toBe(200)
  })

  it.each(['0.0.0.0', '::', ...(outer ? [outer] : [])])(
    '%s, with auth: its url works',
    async (host) => {
      const gateway = await make({ auth: { authenticate: async () => null } })
      const { url } = await gateway.listen(0, host)
      expect((await fetch(`${url}/_api/health`)).status).toBe(200)
    },
  )

  it('keeps idle connections for longer than balancers do', async () => {
    const { url } = await (await make()).listen(0)
    const { headers } = await fetch(`${url}/_api/health`)
    expect(headers.get('keep-alive')).toBe('timeout=75')
  })

  it('listens with limits on a request that are shorter than those of idle connections', async () => {
    const uploads = { timeoutSecs: 1 }
    const { url } = await (await make({ requestTimeoutSecs: 1, uploads })).listen(0)
    expect((await fetch(`${url}/_api/health`)).status).toBe(200)
  })
})
