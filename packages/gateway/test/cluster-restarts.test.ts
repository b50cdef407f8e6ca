import { balanceConnections } from '@headway/test-kit/network/balance-connections'
import { balanceRequests } from '@headway/test-kit/network/balance-requests'
import { expect, it } from 'vitest'
import { expectAllSeen } from './support/cluster-check.ts'
import { killOne, restartAll } from './support/cluster-faults.ts'
import { openFront } from './support/cluster-stage.ts'
import { useCluster } from './support/use-cluster.ts'

const size = 12
const suite = useCluster(3)

it('a rolling restart, balanced by requests: every end is seen, and each screen moves with its gateway', async () => {
  const { cluster, teardown } = suite
  const { audience } = await openFront(cluster, { balance: balanceRequests, size }, teardown)
  await restartAll(cluster, audience)
  await expectAllSeen(audience, cluster.database)
  // One, and one more each time its gateway sends it away.
  const streams = audience.screens.map(({ requests }) => requests.streams())
  expect(Math.max(...streams)).toBeLessThanOrEqual(1 + cluster.gateways.length)
})

it('one is killed, balanced by connections: every end is seen, and only its own screens move', async () => {
  const { cluster, teardown } = suite
  const { audience } = await openFront(cluster, { balance: balanceConnections, size }, teardown)
  const [gateway] = cluster.gateways
  if (!gateway) throw new Error('there is no gateway')
  const moved = await killOne(gateway, audience)
  await expectAllSeen(audience, cluster.database)
  const streams = audience.screens.map(({ requests }) => requests.streams())
  expect(streams.reduce((sum, count) => sum + count)).toBe(size + moved)
  expect(Math.max(...streams)).toBe(2)
})
