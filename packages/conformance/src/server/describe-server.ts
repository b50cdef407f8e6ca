import { describe } from 'vitest'
import { describeClient } from './describe-client.ts'
import { describeWire } from './describe-wire.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/**
 * What every server of PROTOCOL.md passes: the wire statement by statement, and then a real client
 * over connections that break.
 *
 * @param start a fresh server, for each of the two parts
 */
export function describeServer(name: string, start: () => Promise<ServerUnderTest>): void {
  describe(name, () => {
    describe('on the wire', () => describeWire(start))
    describe('with a client', () => describeClient(start))
  })
}
