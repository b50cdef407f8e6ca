import { balanceRequests } from '@headway/test-kit/network/balance-requests'
import { afterEach, beforeEach, it } from 'vitest'
import { createTeardown, type Teardown } from '../src/teardown.ts'
import { expectAllSeen, expectUndisturbed } from './support/cluster-check.ts'
import { restartDatabase } from './support/cluster-faults.ts'
import { startClusterPostgres } from './support/cluster-postgres.ts'
import { setStage } from './support/cluster-stage.ts'

let teardown: Teardown
beforeEach(() => {
  teardown = createTeardown()
})
afterEach(() => teardown.run())

it('PostgreSQL is restarted: every screen says that it is old, keeps its stream, and shows every end', async () => {
  const postgres = await startClusterPostgres(teardown)
  const options = { database: postgres.url, gateways: 3, size: 12 }
  const stage = await setStage({ ...options, balance: balanceRequests }, teardown)
  await restartDatabase(postgres, stage.audience)
  await expectAllSeen(stage.audience, postgres.url)
  await expectUndisturbed(stage.cluster, stage)
})
