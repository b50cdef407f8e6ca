import { balanceRequests } from '@headway/test-kit/network/balance-requests'
import { afterEach, beforeEach, it } from 'vitest'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { expectAllSeen } from './support/cluster-check.ts'
import { pauseOne } from './support/cluster-faults.ts'
import { setStage } from './support/cluster-stage.ts'
import { createDatabase } from './support/database.ts'

let teardown: Teardown
beforeEach(() => {
  teardown = createTeardown()
})
afterEach(() => teardown.run())

/*
 * A client gives a stream up after `pingSecs` + 10 s of silence, which is 12 s here. The pause is
 * as short as that allows. cluster-full.test.ts has one of 60 s.
 */
it('a gateway stands still: its screens say so, move, and show every end', async () => {
  const options = { database: await createDatabase(), gateways: 3, size: 12 }
  const { cluster, audience } = await setStage({ ...options, balance: balanceRequests }, teardown)
  const [gateway] = cluster.gateways
  if (!gateway) throw new Error('there is no gateway')
  await pauseOne(gateway, audience)
  await expectAllSeen(audience, cluster.database)
})
