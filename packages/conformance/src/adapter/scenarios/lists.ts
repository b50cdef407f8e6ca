import type { RunsView } from '@headway/core'
import { type FakeGateway, failure } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import { inBatches, type Scenario } from '../scenario.ts'

const list: Ask = { show: 'runs' }
const active: Ask = { show: 'runs', filter: { status: 'active' } }

const createJobs = (gateway: FakeGateway, count: number, name = 'export_users'): void => {
  for (let at = 0; at < count; at += 1) gateway.createJob({}, { name })
}

/** Live lists of runs. */
export const listScenarios: Scenario[] = [
  {
    name: 'is loading, then shows its runs with their states, the newest first',
    async play({ show, gateway }) {
      createJobs(gateway, 2)
      const screen = show(list)
      await screen.shows({
        ...{ loading: false, loadingMore: false, hasMore: false, error: null },
        runs: [{ id: 'job-2', view: { phase: 'queued' } }, { id: 'job-1' }],
      })
      expect(screen.seen[0]).toMatchObject({ loading: true, runs: [] })
      for (const { runs, loading } of screen.seen) expect(runs).toHaveLength(loading ? 0 : 2)
    },
  },
  {
    name: 'an empty list: is not loading',
    async play({ show }) {
      await show(list).shows({ loading: false, runs: [], error: null })
    },
  },
  {
    name: 'a run that moves, a new run, and a run that ends',
    async play({ show, gateway }) {
      createJobs(gateway, 1)
      const screen = show(active)
      await screen.shows({ runs: [{ id: 'job-1' }] })
      gateway.update('job-1', { status: 'running', progress: 40 })
      await screen.shows({ runs: [{ id: 'job-1', view: { progress: 40 } }] })
      gateway.createWorkflow({}, { name: 'verify', title: 'Ada', tags: ['a'] })
      const workflow = { kind: 'workflow', id: 'workflow-2', title: 'Ada', tags: ['a'] }
      await screen.shows({ runs: [workflow, { id: 'job-1' }] })
      gateway.update('job-1', { status: 'completed' })
      const { runs } = await screen.shows({ runs: [workflow] })
      expect(runs).toHaveLength(1)
    },
  },
  {
    name: 'a started run: has the title and the tags of its start',
    async play({ show, settled }) {
      const screen = show(list)
      await screen.shows({ loading: false, runs: [] })
      const labels = { title: 'Users as CSV', tags: ['export'] }
      const job = show({ show: 'job', name: 'export_users', ...labels })
      await settled()
      job.actions.start?.(null)
      await screen.shows({ runs: [{ name: 'export_users', ...labels }] })
    },
  },
  {
    name: 'another filter: watches another list',
    async play({ show, gateway, advance }) {
      createJobs(gateway, 1, 'a')
      createJobs(gateway, 1, 'b')
      const screen = show({ show: 'runs', filter: { name: 'a' } })
      await screen.shows({ runs: [{ name: 'a' }] })
      screen.ask({ show: 'runs', filter: { name: 'b' } })
      await screen.shows({ loading: false, runs: [{ name: 'b' }] })
      await advance(1_000)
      expect(gateway.registrations()).toEqual(['sub:q2', 'job:job-2'])
    },
  },
  {
    name: 'a new object with an equal filter: watches the same list',
    async play({ show, gateway }) {
      createJobs(gateway, 1)
      const screen = show({ show: 'runs', filter: { status: 'active' } })
      await screen.shows({ runs: [{ id: 'job-1' }] })
      const asked = gateway.requests.length
      screen.ask({ show: 'runs', filter: { status: 'active' } })
      await show(active).shows({ runs: [{ id: 'job-1' }] })
      await screen.shows({ runs: [{ id: 'job-1' }] })
      expect(gateway.requests).toHaveLength(asked)
    },
  },
  {
    name: 'enabled: registers only while it is true',
    async play({ show, gateway, advance }) {
      createJobs(gateway, 1)
      const screen = show({ ...list, enabled: false })
      await screen.shows({ loading: true, runs: [] })
      expect(gateway.requests).toEqual([])
      screen.ask({ ...list, enabled: true })
      await screen.shows({ runs: [{ id: 'job-1' }] })
      screen.ask({ ...list, enabled: false })
      await screen.settled()
      await advance(1_000)
      expect(gateway.registrations()).toEqual([])
    },
  },
  {
    name: 'loadMore: shows older runs too',
    async play({ show, gateway }) {
      createJobs(gateway, 3)
      const screen = show({ show: 'runs', filter: { limit: 2 } })
      await screen.shows({ hasMore: true, runs: [{ id: 'job-3' }, { id: 'job-2' }] })
      screen.actions.loadMore?.()
      await screen.shows({ hasMore: false, loadingMore: false, runs: [{}, {}, { id: 'job-1' }] })
      const counts = screen.seen.map(({ runs }) => (runs as unknown[]).length)
      expect(counts).toEqual([...counts].sort((a, b) => a - b))
    },
  },
  {
    name: 'a refused list: has an error and no runs',
    gateway: { capabilities: inBatches },
    async play({ show, gateway }) {
      gateway.intercept(({ path }) =>
        path.startsWith('/subscribe') ? failure(401, 'UNAUTHORIZED', 'sign in') : undefined,
      )
      const error = { name: 'RpcError', code: 'UNAUTHORIZED', message: 'sign in' }
      await show(list).shows({ loading: false, runs: [], error })
    },
  },
  {
    name: 'a server without lists: has an error that says so',
    gateway: { capabilities: ['revisions'] },
    async play({ show }) {
      const message = 'This server has no lists of runs: it does not offer "lists"'
      await show(list).shows({ loading: false, runs: [], error: { code: 'UNSUPPORTED', message } })
    },
  },
  {
    name: 'a lost connection: the list is stale, and right after the reconnect',
    async play({ show, gateway, client }) {
      createJobs(gateway, 2)
      const screen = show(list)
      await screen.shows({ runs: [{}, {}] })
      gateway.goOffline()
      const stale = { sync: { status: 'stale' } }
      await screen.shows({ ...stale, runs: [{ view: stale }, { view: stale }] })
      gateway.forget('job-1')
      gateway.update('job-2', { status: 'running', progress: 7 })
      gateway.goOnline()
      client.reconnectNow()
      const live = { sync: { status: 'live' } }
      const { runs } = await screen.shows({ ...live, runs: [{ view: { progress: 7, ...live } }] })
      expect(runs).toHaveLength(1)
    },
  },
  {
    name: 'select: shows a part of the list',
    async play({ show, gateway }) {
      createJobs(gateway, 2)
      const screen = show({ ...list, select: ({ runs }: RunsView) => ({ count: runs.length }) })
      await screen.shows({ count: 2 })
      const { renders } = screen
      gateway.update('job-1', { progress: 40 })
      await screen.settled()
      expect(screen.renders).toBe(renders)
    },
  },
]
