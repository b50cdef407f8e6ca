import { failure } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario, Stage } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** A screen with a job at 40 %. */
async function running({ show, last }: Stage) {
  const screen = show({ ...job, args: null })
  await screen.settled()
  await last('export_users').running().progress(40, 'half')
  await screen.shows({ phase: 'running', progress: 40, sync: { status: 'live' } })
  return screen
}

/** The connection is lost and comes back. A view that may be old always says so. */
export const connectionScenarios: Scenario[] = [
  {
    name: 'a lost connection: what was shown stays, as stale; back, it goes on',
    async play(stage) {
      const screen = await running(stage)
      await stage.last('export_users').dropConnection()
      const stale = { sync: { status: 'stale', reason: 'network' } }
      await screen.shows({ phase: 'running', progress: 40, ...stale })
      await stage.last('export_users').reconnect().progress(60)
      await screen.shows({ progress: 60, sync: { status: 'live', reason: null } })
    },
  },
  {
    name: 'what happened while the connection was lost is caught up with',
    async play(stage) {
      const screen = await running(stage)
      await stage.last('export_users').dropConnection()
      stage.gateway.update('job-1', { status: 'completed', progress: 100, output: 'done' })
      await screen.shows({ phase: 'running', sync: { status: 'stale' } })
      await stage.last('export_users').reconnect()
      await screen.shows({ phase: 'succeeded', output: 'done', sync: { status: 'live' } })
    },
  },
  {
    name: 'a server that restarts: no session, no memory of registrations, the same job',
    async play(stage) {
      const screen = await running(stage)
      stage.gateway.drop()
      stage.gateway.updateSilently('job-1', { progress: 70 })
      await stage.advance(20_000)
      await screen.shows({ progress: 70, sync: { status: 'live' } })
    },
  },
  {
    name: 'a server that cannot know how things are: stale while it says so, and then what has become of them',
    async play(stage) {
      const screen = await running(stage)
      stage.gateway.goStale()
      stage.gateway.update('job-1', { progress: 80 })
      const stale = { sync: { status: 'stale', reason: 'database' } }
      await screen.shows({ phase: 'running', progress: 40, ...stale })
      stage.gateway.goFresh()
      await screen.shows({ phase: 'running', progress: 80, sync: { status: 'live', reason: null } })
    },
  },
  {
    name: 'a gap: it catches up, and the status is not touched',
    async play(stage) {
      const screen = await running(stage)
      stage.gateway.updateSilently('job-1', { progress: 80 })
      stage.gateway.send({ type: 'gap', target: 'job:job-1' })
      await screen.shows({ phase: 'running', progress: 80, sync: { status: 'live' } })
    },
  },
  {
    name: 'trouble with one target is no failure of its job',
    async play(stage) {
      const screen = await running(stage)
      const target = 'job:job-1'
      stage.gateway.send({ type: 'error', target, code: 'INTERNAL', message: 'oops' })
      await screen.shows({ phase: 'running', error: null, sync: { status: 'live' } })
    },
  },
  {
    name: 'a token that is not taken: closed, and nothing is said of the job',
    gateway: { isAllowed: (token) => token === 'good' },
    client: { token: () => 'bad' },
    async play({ show, gateway }) {
      const { job_id } = gateway.createJob({ status: 'running' })
      const screen = show({ ...job, id: job_id })
      await screen.shows({ status: 'pending', sync: { status: 'stale', reason: 'unauthorized' } })
    },
  },
  {
    name: 'paused and resumed',
    async play(stage) {
      const screen = await running(stage)
      stage.client.pause('hidden')
      await screen.shows({ progress: 40, sync: { status: 'stale', reason: 'paused' } })
      stage.gateway.updateSilently('job-1', { progress: 50 })
      stage.client.resume('hidden')
      await screen.shows({ progress: 50, sync: { status: 'live' } })
    },
  },
  {
    name: 'a server without extensions: a job runs to its end, and a late word does not reopen it',
    gateway: { capabilities: [], pingSecs: null },
    async play({ show, last, gateway }) {
      const screen = show({ ...job, args: null })
      await screen.settled()
      await last('export_users').running().progress(40).complete('done')
      await screen.shows({ phase: 'succeeded', output: 'done', revision: null })
      gateway.update('job-1', { status: 'running', output: null, progress: 50 })
      await screen.shows({ phase: 'succeeded', output: 'done' })
    },
  },
  {
    name: 'a server without extensions: lost and back, it catches up',
    gateway: { capabilities: [], pingSecs: null },
    async play(stage) {
      const screen = await running(stage)
      await stage.last('export_users').dropConnection()
      stage.gateway.updateSilently('job-1', { status: 'failed', error: 'no' })
      await stage.last('export_users').reconnect()
      await screen.shows({ phase: 'failed', error: 'no', sync: { status: 'live' } })
    },
  },
  {
    name: 'a registration that fails for a while is asked for again',
    async play({ show, gateway, advance }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      let attempts = 0
      gateway.intercept(({ path }) => {
        if (!path.startsWith('/subscribe')) return undefined
        attempts += 1
        return attempts < 3 ? failure(503, 'UNAVAILABLE', 'busy') : undefined
      })
      const screen = show({ ...job, id: job_id })
      await screen.shows({ loading: true, sync: { status: 'connecting' } })
      await advance(60_000)
      await screen.shows({ progress: 40, sync: { status: 'live' } })
    },
  },
  {
    name: 'the connection itself: idle, open, lost, open',
    async play({ show, gateway, client, last }) {
      const connection = show({ show: 'connection' })
      await connection.shows({ status: 'idle' })
      show({ ...job, args: null })
      await connection.shows({ status: 'open' })
      await last('export_users').dropConnection()
      await connection.shows({ status: 'waiting', reason: 'network' })
      await last('export_users').reconnect()
      await connection.shows({ status: 'open' })
      client.pause('test')
      await connection.shows({ status: 'paused', reasons: ['test'] })
      expect(gateway.openStreams()).toBe(0)
    },
  },
]
