import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { startUnder } from '../wire/api.ts'
import type { Wire } from './wire-fixture.ts'

/** Tests of PROTOCOL.md, "Starts". */
export function describeStarts(wire: Wire): void {
  it('Capabilities, idempotent-start: the same key gives the same job', async (context) => {
    wire.needs('idempotent-start', context)
    const send = (key: string): Promise<string> => startUnder(wire.server.url, 'scripted', key)
    const key = randomUUID()
    const [first, again, other] = [await send(key), await send(key), await send(randomUUID())]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })
}
