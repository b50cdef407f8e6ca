import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { createTeardown, type Teardown } from '../../src/teardown.ts'
import { type Cluster, startCluster } from './cluster.ts'
import { createDatabase } from './database.ts'

/** The cluster of a suite, while its tests run. */
export interface SuiteCluster {
  readonly cluster: Cluster
  /** Of the test that runs. */
  readonly teardown: Teardown
}

/** Starts a cluster for the tests of this suite, and stops it after them. */
export function useCluster(gateways: number): SuiteCluster {
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
  return {
    get cluster() {
      return cluster
    },
    get teardown() {
      return teardown
    },
  }
}
