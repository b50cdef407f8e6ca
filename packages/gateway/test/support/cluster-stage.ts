import type { Balancer } from '@headway/test-kit/network/balancer'
import { onTestFailed } from 'vitest'
import type { Teardown } from '../../src/teardown.ts'
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts'
import { type Audience, type AudienceOptions, openAudience } from './cluster-audience.ts'

/** A cluster, a balancer in front of it, and screens in front of that. */
export interface Stage {
  cluster: Cluster
  balancer: Balancer
  audience: Audience
}

/** Options of {@link setStage}. */
export interface StageOptions extends ClusterOptions, Omit<AudienceOptions, 'url'> {
  balance: (upstreams: string[]) => Promise<Balancer>
}

/** Starts all of it, and resolves once each screen has seen an end. */
export async function setStage(options: StageOptions, teardown: Teardown): Promise<Stage> {
  const cluster = await startCluster(options)
  teardown.defer(cluster.close)
  return { cluster, ...(await openFront(cluster, options, teardown)) }
}

/** Opens a balancer and screens in front of a cluster that runs. */
export async function openFront(
  cluster: Cluster,
  { balance, ...options }: Omit<StageOptions, keyof ClusterOptions>,
  teardown: Teardown,
): Promise<Omit<Stage, 'cluster'>> {
  const balancer = await balance(cluster.gateways.map(({ url }) => url))
  teardown.defer(balancer.close)
  const audience = openAudience({ url: balancer.url, ...options })
  teardown.defer(audience.close)
  onTestFailed(() => console.info(audience.summary()))
  await audience.untilEnds(1)
  return { balancer, audience }
}
