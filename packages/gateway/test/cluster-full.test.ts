import { balanceConnections } from '@headway/test-kit/network/balance-connections'
import { balanceRequests } from '@headway/test-kit/network/balance-requests'
import { hasNginx, startNginx } from '@headway/test-kit/network/nginx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { type ClusterGateway, pingSecs } from './support/cluster.ts'
import { expectAllSeen } from './support/cluster-check.ts'
import { killOne, pauseOne, restartAll, restartDatabase } from './support/cluster-faults.ts'
import { startClusterPostgres } from './support/cluster-postgres.ts'
import { setStage } from './support/cluster-stage.ts'

/** It takes several minutes for each balancer, which is too long for each push. */
const isFull = process.env.HEADWAY_CLUSTER === 'full'
if (!isFull) {
  console.info(
    'NOT TESTED: 5 gateways with 200 clients, one of them paused for 60 s. HEADWAY_CLUSTER=full tries that',
  )
}
const size = 200
/** A client gives a stream up after so much silence, in milliseconds. */
const watchdogMs = 1_000 * (pingSecs + 10)

const balancers = {
  requests: balanceRequests,
  connections: balanceConnections,
  ...(hasNginx && { 'nginx, by requests': (upstreams: string[]) => startNginx({ upstreams }) }),
}

let teardown: Teardown
beforeEach(() => {
  teardown = createTeardown()
})
afterEach(() => teardown.run())

describe.skipIf(!isFull)('5 gateways, 200 clients', () => {
  it.each(Object.entries(balancers))(
    'balanced by %s: restarted, killed, paused for 60 s, and PostgreSQL restarted',
    async (_, balance) => {
      const postgres = await startClusterPostgres(teardown)
      const options = { database: postgres.url, gateways: 5, size, paceMs: 5_000 }
      const { cluster, audience } = await setStage({ ...options, balance }, teardown)
      const streams = () => audience.screens.map(({ requests }) => requests.streams())
      expect(streams()).toEqual(Array(size).fill(1))

      await restartAll(cluster, audience)
      const [first, second] = cluster.gateways as [ClusterGateway, ClusterGateway]
      await killOne(first, audience)
      expect(await pauseOne(second, audience, 60_000)).toBeLessThan(watchdogMs + 1_000)
      const before = streams()
      await restartDatabase(postgres, audience)
      expect(streams()).toEqual(before)
      await expectAllSeen(audience, postgres.url)
    },
    900_000,
  )
})
