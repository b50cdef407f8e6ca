import { describe } from 'vitest'
import { describeClient } from './describe-client.ts'
import { describeWire } from './describe-wire.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/**
 * Declares the tests that every server of PROTOCOL.md passes: each statement on the wire, then a real
 * client over connections that break.
 *
 * @param start starts a server; called once for each of the two parts
 */
export function describeServer(name: string, start: () => Promise<ServerUnderTest>): void {
  describe(name, () => {
    describe('on the wire', () => describeWire(start))
    describe('with a client', () => describeClient(start))
  })
}
