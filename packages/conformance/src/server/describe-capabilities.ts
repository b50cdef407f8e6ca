import { randomUUID } from 'node:crypto'
import { parseCapabilities } from '@headway/core/protocol'
import { expect, it } from 'vitest'
import type { Wire } from './wire-fixture.ts'

/** Declares the tests of the header that every answer has: PROTOCOL.md, "Capabilities" and "Requests". */
export function describeCapabilities(wire: Wire): void {
  const json = { 'content-type': 'application/json' }
  const posted = (body: string): RequestInit => ({ method: 'POST', headers: json, body })

  it.each<[string, string, RequestInit]>([
    ['a call', '/rpc/scripted', posted('{}')],
    ['a call of what there is not', '/rpc/no_such_function', posted('{}')],
    [
      'a registration that is refused',
      '/subscribe-job',
      posted(`{"session_id":"${randomUUID()}"}`),
    ],
    ['a run that there is not', `/jobs/${randomUUID()}`, {}],
    ['its health', '/health', {}],
    ['its health without content', '/health', { method: 'HEAD' }],
    ['a path that there is not', '/nowhere', {}],
    ['a method that there is not', '/health', { method: 'DELETE' }],
  ])('Capabilities: they stand in the header of %s', async (_, path, init) => {
    const { headers } = await fetch(`${wire.server.url}/_api${path}`, init)
    const { capabilities = null } = wire.stream.connected
    expect(parseCapabilities(headers.get('x-headway-capabilities'))).toEqual(capabilities)
  })

  it('Capabilities: they stand in the header of a stream', () => {
    const { connected, headers } = wire.stream
    const { capabilities = null } = connected
    expect(parseCapabilities(headers.get('x-headway-capabilities'))).toEqual(capabilities)
  })

  it('Requests: HEAD asks how the server is, and gets no content', async () => {
    const response = await fetch(`${wire.server.url}/_api/health`, { method: 'HEAD' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })
}
