import { failure } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import { inBatches, type Scenario, type Stage } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** A component with a job at 40 %. */
async function running({ show, last }: Stage) {
  const screen = show({ ...job, args: null })
  await screen.settled()
  await last('export_users').running().progress(40, 'half')
  await screen.shows({ phase: 'running', progress: 40, sync: { status: 'live' } })
  return screen
}

/** Lost connections: a view that may be old is always marked as stale. */
export const connectionScenarios: Scenario[] = [
  {
    name: 'a lost connection: keeps the view as stale, and continues after the reconnect',
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
    name: 'a lost connection: catches up with the changes after the reconnect',
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
    name: 'a restarted server: registers the same job again',
    async play(stage) {
      const screen = await running(stage)
      stage.gateway.drop()
      stage.gateway.updateSilently('job-1', { progress: 70 })
      await stage.advance(20_000)
      await screen.shows({ progress: 70, sync: { status: 'live' } })
    },
  },
  {
    name: 'a server that cannot read changes: is stale, and then shows the changes',
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
    name: 'a gap: catches up',
    async play(stage) {
      const screen = await running(stage)
      stage.gateway.updateSilently('job-1', { progress: 80 })
      stage.gateway.send({ type: 'gap', target: 'job:job-1' })
      await screen.shows({ phase: 'running', progress: 80, sync: { status: 'live' } })
    },
  },
  {
    name: 'an error event: does not fail the job',
    async play(stage) {
      const screen = await running(stage)
      const target = 'job:job-1'
      stage.gateway.send({ type: 'error', target, code: 'INTERNAL', message: 'oops' })
      await screen.shows({ phase: 'running', error: null, sync: { status: 'live' } })
    },
  },
  {
    name: 'a refused token: closes the connection, and the job is stale',
    gateway: { isAllowed: (token) => token === 'good' },
    client: { token: () => 'bad' },
    async play({ show, gateway }) {
      const { job_id } = gateway.createJob({ status: 'running' })
      const screen = show({ ...job, id: job_id })
      await screen.shows({ status: 'pending', sync: { status: 'stale', reason: 'unauthorized' } })
    },
  },
  {
    name: 'pause and resume: is stale, then catches up',
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
    name: 'a server without extensions: follows a job to its end, and a late update does not reopen it',
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
    name: 'a server without extensions: catches up after a lost connection',
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
    name: 'a registration that fails for a while: is sent again',
    gateway: { capabilities: inBatches },
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
    name: 'the connection: is idle, open, waiting, open, paused',
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
