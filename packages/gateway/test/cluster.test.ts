import { balanceConnections } from '@headway/test-kit/network/balance-connections'
import { balanceRequests } from '@headway/test-kit/network/balance-requests'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { type Cluster, startCluster } from './support/cluster.ts'
import { expectAllSeen, expectUndisturbed } from './support/cluster-check.ts'
import { openFront } from './support/cluster-stage.ts'
import { createDatabase } from './support/database.ts'

describe.each([1, 3])('%i gateways', (gateways) => {
  let cluster: Cluster
  let teardown: Teardown

  beforeAll(async () => {
    cluster = await startCluster({ database: await createDatabase(), gateways })
  })
  afterAll(() => cluster?.close())
  beforeEach(() => {
    teardown = createTeardown()
  })
  afterEach(() => teardown.run())

  it.each([
    ['requests', balanceRequests],
    ['connections', balanceConnections],
  ] as const)(
    'balanced by %s: each screen has one stream, and shows every end',
    async (_, balance) => {
      const front = await openFront(cluster, { balance, size: 12 }, teardown)
      await front.audience.untilEnds(5)
      await expectAllSeen(front.audience, cluster.database)
      await expectUndisturbed(cluster, front)
    },
  )
})
