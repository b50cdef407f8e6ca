import { describe } from 'vitest'
import { describeClient } from './describe-client.ts'
import { describePlaces } from './describe-places.ts'
import { describeWire } from './describe-wire.ts'
import type { ServerUnderTest } from './server-under-test.ts'

/**
 * The suite for every server of PROTOCOL.md: first the protocol, rule by rule, then places in its
 * queue, then a real client over connections with faults.
 *
 * @param start starts a new server. Called once for each of the three parts
 */
export function describeServer(name: string, start: () => Promise<ServerUnderTest>): void {
  describe(name, () => {
    describe('on the wire', () => describeWire(start))
    describe('with jobs that wait', () => describePlaces(start))
    describe('with a client', () => describeClient(start))
  })
}
