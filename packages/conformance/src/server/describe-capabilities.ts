import { randomUUID } from 'node:crypto'
import { parseCapabilities } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Capabilities": the header of every answer. */
export function describeCapabilities(wire: Wire): void {
  const json = { 'content-type': 'application/json' }
  const posted = (body: string): RequestInit => ({ method: 'POST', headers: json, body })

  it.each<[string, string, RequestInit]>([
    ['a call', '/rpc/scripted', posted('{}')],
    ['a call of an unknown function', '/rpc/no_such_function', posted('{}')],
    ['a refused registration', '/subscribe-job', posted(`{"session_id":"${randomUUID()}"}`)],
    ['an unknown run', `/jobs/${randomUUID()}`, {}],
    ['GET /health', '/health', {}],
    ['HEAD /health', '/health', { method: 'HEAD' }],
    ['an unknown path', '/nowhere', {}],
    ['an unknown method', '/health', { method: 'DELETE' }],
  ])('Capabilities: the answer to %s has the header', async (_, path, init) => {
    const { headers } = await fetch(`${wire.server.url}/_api${path}`, init)
    const { capabilities = null } = wire.stream.connected
    expect(parseCapabilities(headers.get('x-headway-capabilities'))).toEqual(capabilities)
  })

  it('Capabilities: a stream has the header', () => {
    const { connected, headers } = wire.stream
    const { capabilities = null } = connected
    expect(parseCapabilities(headers.get('x-headway-capabilities'))).toEqual(capabilities)
  })

  it('Requests: HEAD /health answers 200 without content', async () => {
    const response = await fetch(`${wire.server.url}/_api/health`, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })
}
