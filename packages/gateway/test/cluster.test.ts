import { balanceConnections } from '@headway/test-kit/network/balance-connections'
import { balanceRequests } from '@headway/test-kit/network/balance-requests'
import { describe, it } from 'vitest'
import { expectAllSeen, expectUndisturbed } from './support/cluster-check.ts'
import { openFront } from './support/cluster-stage.ts'
import { useCluster } from './support/use-cluster.ts'

describe.each([1, 3])('%i gateways', (gateways) => {
  const suite = useCluster(gateways)

  it.each([
    ['requests', balanceRequests],
    ['connections', balanceConnections],
  ] as const)(
    'balanced by %s: each screen has one stream, and shows every end',
    async (_, balance) => {
      const { cluster, teardown } = suite
      const front = await openFront(cluster, { balance, size: 12 }, teardown)
      await front.audience.untilEnds(5)
      await expectAllSeen(front.audience, cluster.database)
      await expectUndisturbed(cluster, front)
    },
  )
})
