import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import { createGate, inBatches, type Scenario, type Stage } from '../scenario.ts'
import type { Screen } from '../screen.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** Delays the answers on a path until the returned function is called. */
function delayAnswers({ gateway }: Stage, path: string): () => void {
  const { opened, open } = createGate()
  gateway.intercept(async (request) => {
    if (request.path === path) await opened
    return undefined
  })
  return open
}

/** The moments at which a component is unmounted. Each function leads to its moment. */
const moments: Record<string, (stage: Stage, screen: Screen) => Promise<(() => void) | undefined>> =
  {
    'while the start is under way': async (stage) => delayAnswers(stage, '/rpc/export_users'),
    'while the stream opens': async (stage) => delayAnswers(stage, '/events'),
    'while it is being registered': async (stage) => delayAnswers(stage, '/subscribe-batch'),
    'after it was registered': async () => undefined,
    'while the job runs': async (stage, screen) => {
      screen.actions.start?.(null)
      await screen.settled()
      await stage.last('export_users').running().progress(40)
      return undefined
    },
    'after its end': async (stage, screen) => {
      screen.actions.start?.(null)
      await screen.settled()
      await stage.last('export_users').complete('done')
      return undefined
    },
  }

/** Unmounting: the job continues, and nothing stays registered. */
export const leavingScenarios: Scenario[] = [
  ...Object.entries(moments).map(
    ([moment, reach]): Scenario => ({
      name: `unmounts ${moment}`,
      ...(moment === 'while it is being registered' && { gateway: { capabilities: inBatches } }),
      async play(stage) {
        const screen = stage.show(job)
        await screen.settled()
        const release = await reach(stage, screen)
        if (stage.gateway.count('/rpc/export_users') === 0) screen.actions.start?.(null)
        await screen.settled()
        screen.unmount()
        await screen.settled()
        release?.()
        await stage.advance(1_000)
        expect(stage.gateway.registrations()).toEqual([])
        expect(stage.gateway.count('/rpc/export_users')).toBe(1)
        expect(stage.gateway.run('job-1').status).not.toBe('cancelled')
        await stage.advance(60_000)
        expect(stage.gateway.openStreams()).toBe(0)
      },
    }),
  ),
  {
    name: 'unmounts at once: starts at most one job, and follows none',
    async play({ show, gateway, advance }) {
      const screen = show({ ...job, args: null })
      screen.unmount()
      await screen.settled()
      await advance(1_000)
      expect(gateway.count('/rpc/export_users')).toBeLessThanOrEqual(1)
      expect(gateway.registrations()).toEqual([])
    },
  },
  {
    name: 'mounts again within a second: sends no request',
    async play({ show, gateway, advance }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const first = show({ ...job, id: job_id })
      await first.shows({ progress: 40 })
      const asked = gateway.requests.length
      first.unmount()
      await advance(500)
      const second = show({ ...job, id: job_id })
      await second.shows({ progress: 40, sync: { status: 'live' } })
      expect(gateway.requests).toHaveLength(asked)
    },
  },
  {
    name: 'mounts again later: registers again, and is up to date',
    async play({ show, gateway, advance }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const first = show({ ...job, id: job_id })
      await first.shows({ progress: 40 })
      first.unmount()
      await advance(5_000)
      expect(gateway.registrations()).toEqual([])
      gateway.update(job_id, { progress: 70 })
      await show({ ...job, id: job_id }).shows({ progress: 70, sync: { status: 'live' } })
    },
  },
  {
    name: 'one of two components unmounts: the other one gets the updates',
    async play({ show, gateway, advance }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const [leaving, staying] = [show({ ...job, id: job_id }), show({ ...job, id: job_id })]
      await leaving.shows({ progress: 40 })
      await staying.shows({ progress: 40 })
      leaving.unmount()
      await advance(5_000)
      gateway.update(job_id, { progress: 70 })
      await staying.shows({ progress: 70, sync: { status: 'live' } })
    },
  },
]
