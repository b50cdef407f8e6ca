import { defineJob, defineQuery } from '../../src/index.ts'
import { createFakeClient } from '../../src/testing/index.ts'

const exportUsers = defineJob<null, string>('export_users')
export const users = defineQuery<null, string[]>('users')

/**
 * A client of a server that answers as Forge 0.10 does: no extensions, no pings of ours, ten
 * sessions for each user.
 */
export const createForge = (...[options]: Parameters<typeof createFakeClient>[1][]) =>
  createFakeClient(
    { capabilities: [], pingSecs: null, maxSessions: 10, queries: { users: () => ['Ada'] } },
    // Waits that are none would go on for ever without a network.
    { random: () => 0.5, ...options },
  )
export type Forge = ReturnType<typeof createForge>

/** Follows a new job. */
export const follow = ({ client, gateway }: Pick<Forge, 'client' | 'gateway'>) => {
  const { job_id } = gateway.createJob()
  const job = client.attach(exportUsers, job_id)
  job.subscribe(() => undefined)
  return { job, jobId: job_id }
}

/** Lets time pass, with Forge's keep-alive. */
export const alive = async (
  { advance, gateway }: Pick<Forge, 'advance' | 'gateway'>,
  ms: number,
) => {
  for (let left = ms; left > 0; left -= 30_000) {
    await advance(Math.min(30_000, left))
    gateway.ping()
  }
}
