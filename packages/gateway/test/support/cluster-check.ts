import { expect } from 'vitest'
import type { Cluster } from './cluster.ts'
import type { Audience } from './cluster-audience.ts'
import type { Stage } from './cluster-stage.ts'
import { query } from './database.ts'

/** Ends what the screens have started, and compares what they show with the database. */
export async function expectAllSeen(audience: Audience, database: string): Promise<void> {
  await audience.finish()
  const runs = await query(
    database,
    'select kind, status, count(*)::integer from headway.run group by kind, status order by kind',
  )
  const completed = { status: 'completed', count: expect.any(Number) }
  expect(runs).toEqual([
    { kind: 'job', ...completed },
    { kind: 'workflow', ...completed },
  ])
  const [tally] = await query(database, 'select sum(ended)::integer as total from tally')
  const totals = () => new Set(audience.screens.map((screen) => screen.total().data))
  await expect.poll(totals).toEqual(new Set([tally?.total]))
  const statuses = () =>
    audience.screens.flatMap((screen) => screen.syncs()).map((sync) => sync.status)
  await expect.poll(() => new Set(statuses())).toEqual(new Set(['live']))
  expect(audience.screens.flatMap((screen) => screen.wrong)).toEqual([])
}

/** Each screen has kept its first stream, and every gateway has had its part. */
export async function expectUndisturbed(
  { gateways }: Cluster,
  { audience, balancer }: Omit<Stage, 'cluster'>,
): Promise<void> {
  const { screens } = audience
  expect(screens.map(({ requests }) => requests.streams())).toEqual(screens.map(() => 1))
  expect(screens.flatMap(({ losses }) => losses)).toEqual([])
  const { upstreams, answers } = await balancer.traffic()
  expect(Object.keys(upstreams).sort()).toEqual(gateways.map(({ url }) => url).sort())
  expect(Object.keys(answers).filter((answer) => answer.endsWith(' 404'))).toEqual([])
}
