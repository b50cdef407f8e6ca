import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import { createGate, type Scenario, type Stage } from '../scenario.ts'
import type { Screen } from '../screen.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** Holds back the answers to a path until the returned function is called. */
function holdBack({ gateway }: Stage, path: string): () => void {
  const { opened, open } = createGate()
  gateway.intercept(async (request) => {
    if (request.path === path) await opened
    return undefined
  })
  return open
}

/** The moments of a start at which a screen may go away, and the steps to each. */
const moments: Record<string, (stage: Stage, screen: Screen) => Promise<(() => void) | undefined>> =
  {
    'while the start is under way': async (stage) => holdBack(stage, '/rpc/export_users'),
    'while the stream opens': async (stage) => holdBack(stage, '/events'),
    'while it is being registered': async (stage) => holdBack(stage, '/subscribe-batch'),
    'once it is registered': async () => undefined,
    'while the job runs': async (stage, screen) => {
      screen.actions.start?.(null)
      await screen.settled()
      await stage.last('export_users').running().progress(40)
      return undefined
    },
    'once it has ended': async (stage, screen) => {
      screen.actions.start?.(null)
      await screen.settled()
      await stage.last('export_users').complete('done')
      return undefined
    },
  }

/** A screen goes away. Its job goes on, and the screen leaves nothing behind. */
export const leavingScenarios: Scenario[] = [
  ...Object.entries(moments).map(
    ([moment, reach]): Scenario => ({
      name: `a screen that goes away ${moment}`,
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
    name: 'a screen that goes away at once has started at most one job, and follows none',
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
    name: 'a screen that comes back within a second costs no request',
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
    name: 'a screen that comes back later registers again, and is up to date',
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
    name: 'one of two screens goes away: the other one goes on',
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
