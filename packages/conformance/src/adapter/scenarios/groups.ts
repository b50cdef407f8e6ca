import type { JobView } from '@headway/core'
import type { FakeGateway } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const many: Ask = { show: 'many', name: 'import_file' }
const files = ['a.csv', 'b.csv']
const path = '/rpc/import_file/many'

/** The items of all requests for groups. */
const itemsOf = ({ requests }: FakeGateway): unknown[] =>
  requests.filter((request) => request.path === path).map(({ body }) => body.items)

/** Groups of runs. */
export const groupScenarios: Scenario[] = [
  {
    name: 'neither id nor arguments: is idle, and sends no request',
    async play({ gateway, show }) {
      await show(many).shows({ phase: 'idle', jobId: '', children: null })
      expect(gateway.requests).toEqual([])
    },
  },
  {
    name: 'a start from an event: is starting, queued, running, and ends with the counts',
    async play({ child, gateway, show }) {
      const done: unknown[] = []
      const screen = show({ ...many, onDone: (output) => done.push(output) })
      await screen.settled()
      screen.actions.start?.(files)
      await screen.shows({ phase: 'queued', jobId: 'job-1', children: { total: 2, running: 0 } })
      expect(screen.seen.map(({ phase }) => phase)).toContain('starting')
      expect(itemsOf(gateway)).toEqual([[{ args: 'a.csv' }, { args: 'b.csv' }]])
      await child('import_file', 0).running()
      await screen.shows({ phase: 'running', children: { running: 1 } })
      await child('import_file', 0).complete()
      await screen.shows({ progress: 50, children: { done: 1 } })
      await child('import_file', 1).complete()
      const output = { total: 2, done: 2, failed: 0, cancelled: 0 }
      await screen.shows({ phase: 'succeeded', output })
      expect(done).toEqual([output])
    },
  },
  {
    name: 'arguments: is loading from the first render, and starts one group',
    async play({ gateway, show }) {
      const screen = show({ ...many, args: files })
      await screen.shows({ phase: 'queued', jobId: 'job-1' })
      expect(screen.seen[0]).toMatchObject({ phase: 'starting', loading: true })
      expect(gateway.count(path)).toBe(1)
    },
  },
  {
    name: 'a double click: starts one group; other arguments start another',
    async play({ gateway, show }) {
      const screen = show(many)
      await screen.settled()
      screen.actions.start?.(files)
      await Promise.resolve()
      screen.actions.start?.([...files])
      await screen.shows({ jobId: 'job-1', sync: { status: 'live' } })
      expect(gateway.count(path)).toBe(1)
      screen.actions.start?.(['c.csv'])
      await screen.shows({ jobId: 'job-4', children: { total: 1 } })
    },
  },
  {
    name: 'labels and the choice on failure: are sent',
    async play({ gateway, show }) {
      const labels = { title: 'Import', tags: ['july'] }
      const label: Ask['label'] = (_, index) => ({ title: `File ${index}` })
      const screen = show({ ...many, ...labels, label, onFailure: 'stop' })
      await screen.settled()
      screen.actions.start?.(files)
      await screen.shows({ jobId: 'job-1' })
      expect(gateway.requests[0]?.body).toMatchObject({ ...labels, on_failure: 'stop' })
      expect(itemsOf(gateway)[0]).toMatchObject([{ title: 'File 0' }, { title: 'File 1' }])
    },
  },
  {
    name: 'an empty list: fails with an error, and sends no request',
    async play({ gateway, show }) {
      const screen = show(many)
      await screen.settled()
      screen.actions.start?.([])
      await screen.shows({ phase: 'failed', startError: { code: 'INVALID_ARGUMENT' } })
      expect(gateway.requests).toEqual([])
    },
  },
  {
    name: 'cancel and retry: reach the children',
    async play({ child, show }) {
      const screen = show({ ...many, args: files })
      await screen.settled()
      await child('import_file', 0).complete()
      await screen.actions.cancel?.('enough')
      await screen.shows({ phase: 'cancelled', error: 'enough', children: { cancelled: 1 } })
      await screen.actions.retry?.()
      await screen.shows({ phase: 'running', children: { done: 1, cancelled: 0 } })
    },
  },
  {
    name: 'an id: shows that group; a reload finds it by persist',
    async play(stage) {
      const first = stage.show({ ...many, persist: 'import' })
      await first.settled()
      first.actions.start?.(files)
      await first.shows({ jobId: 'job-1' })
      await stage.show({ ...many, id: 'job-1' }).shows({ children: { total: 2 } })
      stage.reload()
      await stage.show({ ...many, persist: 'import' }).shows({ jobId: 'job-1' })
    },
  },
  {
    name: 'a lost connection: is stale, and right after the reconnect',
    async play({ child, client, gateway, show }) {
      const screen = show({ ...many, args: files })
      await screen.settled()
      await child('import_file', 0).dropConnection()
      await screen.shows({ sync: { status: 'stale' }, children: { done: 0 } })
      gateway.update('job-2', { status: 'completed' })
      gateway.goOnline()
      client.reconnectNow()
      await screen.shows({ sync: { status: 'live' }, children: { done: 1 } })
    },
  },
  {
    name: 'select: shows a part of the group',
    async play({ gateway, show }) {
      const select = ({ children }: JobView<unknown>) => children?.done ?? null
      gateway.createJob()
      gateway.createJob({}, { parent: 'job-1' })
      const screen = show({ ...many, id: 'job-1', select })
      await screen.settled()
      await expect.poll(() => screen.view).toBe(0)
      gateway.update('job-2', { status: 'completed' })
      await screen.settled()
      await expect.poll(() => screen.view).toBe(1)
    },
  },
  {
    name: 'a list of its children: shows them in their order',
    async play({ child, show }) {
      const group = show({ ...many, args: files })
      const list = show({ show: 'runs', filter: { parent: '' } })
      await group.shows({ jobId: 'job-1' })
      await list.shows({ loading: true, runs: [] })
      list.ask({ show: 'runs', filter: { parent: 'job-1' } })
      await list.shows({ loading: false, runs: [{ id: 'job-2' }, { id: 'job-3' }] })
      await child('import_file', 1).running()
      await list.shows({ runs: [{ view: { phase: 'queued' } }, { view: { phase: 'running' } }] })
    },
  },
]
