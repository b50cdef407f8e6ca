import { type FakeGateway, failure, success } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }
const csv = { format: 'csv' }

/** Starting a run. */
export const startScenarios: Scenario[] = [
  {
    name: 'neither id nor arguments: is idle, and sends no request',
    async play({ gateway, show }) {
      const screen = show(job)
      await screen.shows({ phase: 'idle', status: 'pending', jobId: '', loading: false })
      expect(gateway.requests).toEqual([])
    },
  },
  {
    name: 'a start from an event: is starting, queued, running, succeeded',
    async play({ last, gateway, show }) {
      const screen = show(job)
      await screen.shows({ phase: 'idle' })
      screen.actions.start?.(csv)
      await screen.shows({ phase: 'queued', jobId: 'job-1', loading: false })
      expect(screen.seen.map(({ phase }) => phase)).toContain('starting')
      expect(gateway.requests[0]?.body).toEqual({ args: csv })
      await last('export_users').running().progress(40, 'row 4,000')
      await screen.shows({ phase: 'running', progress: 40, message: 'row 4,000' })
      await last('export_users').complete('done')
      await screen.shows({ phase: 'succeeded', output: 'done' })
      expect(gateway.count('/rpc/export_users')).toBe(1)
      expect(gateway.count('/events')).toBe(1)
    },
  },
  {
    name: 'arguments: is loading from the first render, and starts one job',
    async play({ gateway, show }) {
      const screen = show({ ...job, args: csv })
      await screen.shows({ phase: 'queued', jobId: 'job-1' })
      expect(screen.seen[0]).toMatchObject({ phase: 'starting', loading: true, jobId: '' })
      expect(gateway.count('/rpc/export_users')).toBe(1)
    },
  },
  {
    name: 'changed arguments: start no other job',
    async play({ gateway, show }) {
      const screen = show({ ...job, args: csv })
      await screen.shows({ jobId: 'job-1' })
      screen.ask({ ...job, args: { format: 'json' } })
      await screen.shows({ jobId: 'job-1' })
      expect(gateway.count('/rpc/export_users')).toBe(1)
    },
  },
  {
    name: 'a double click: starts one job',
    async play({ gateway, show }) {
      const screen = show(job)
      await screen.settled()
      screen.actions.start?.(csv)
      await Promise.resolve()
      screen.actions.start?.({ ...csv })
      await screen.shows({ jobId: 'job-1', sync: { status: 'live' } })
      expect(gateway.count('/rpc/export_users')).toBe(1)
    },
  },
  {
    name: 'two starts with different arguments: start two jobs, and show the later one',
    async play({ gateway, show }) {
      const screen = show(job)
      await screen.settled()
      screen.actions.start?.(csv)
      await Promise.resolve()
      screen.actions.start?.({ format: 'json' })
      await screen.shows({ jobId: 'job-2' })
      expect(gateway.count('/rpc/export_users')).toBe(2)
    },
  },
  {
    name: 'a start after the end: shows the new job',
    async play({ last, show }) {
      const screen = show({ ...job, args: csv })
      await screen.settled()
      await last('export_users').complete('first')
      await screen.shows({ phase: 'succeeded', output: 'first' })
      screen.actions.start?.(csv)
      await screen.shows({ jobId: 'job-2', phase: 'queued', output: null })
    },
  },
  {
    name: 'a refused start: fails with an error, without a job',
    async play({ gateway, show }) {
      gateway.intercept(() => failure(403, 'FORBIDDEN', 'not yours'))
      const screen = show({ ...job, args: csv })
      const startError = { name: 'RpcError', code: 'FORBIDDEN', status: 403 }
      const seen = { phase: 'failed', status: 'failed', error: 'not yours', startError }
      await screen.shows({ ...seen, jobId: '', loading: false, isDone: true })
    },
  },
  {
    name: 'a start without network: is sent again later, under the same key',
    async play({ gateway, show, advance }) {
      gateway.goOffline()
      const screen = show({ ...job, args: csv })
      await screen.shows({ phase: 'starting', jobId: '' })
      gateway.goOnline()
      await advance(10_000)
      await screen.shows({ phase: 'queued', jobId: 'job-1', startError: null })
      expect(new Set(keysOf(gateway)).size).toBe(1)
    },
  },
  {
    name: 'a failed start: retryStart() sends it again under the same key',
    async play({ gateway, show, advance }) {
      gateway.goOffline()
      const screen = show({ ...job, args: csv })
      await screen.settled()
      await advance(600_000)
      await screen.shows({ phase: 'failed', startError: { code: 'NETWORK' } })
      gateway.goOnline()
      void screen.actions.retryStart?.()
      await screen.shows({ phase: 'queued', startError: null, error: null })
      expect(keysOf(gateway).length).toBeGreaterThan(1)
      expect(new Set(keysOf(gateway)).size).toBe(1)
    },
  },
  {
    name: 'a start whose answer is lost: is sent again, and there is one job',
    async play({ gateway, show, advance }) {
      let isLost = false
      gateway.intercept(async (request) => {
        if (request.path !== '/rpc/export_users' || isLost) return undefined
        isLost = true
        await gateway.fetch('http://fake/_api/rpc/export_users', {
          method: 'POST',
          headers: request.headers,
          body: JSON.stringify(request.body),
        })
        throw new TypeError('the answer was lost')
      })
      const screen = show({ ...job, args: csv })
      await screen.settled()
      await advance(10_000)
      await screen.shows({ phase: 'queued', jobId: 'job-1' })
      expect(() => gateway.run('job-2')).toThrow()
    },
  },
  {
    name: 'an answer without an id: fails the start',
    async play({ gateway, show }) {
      gateway.intercept(({ path }) =>
        path === '/rpc/export_users' ? success({ data: { ok: true } }) : undefined,
      )
      await show({ ...job, args: csv }).shows({
        phase: 'failed',
        startError: { name: 'ProtocolError' },
      })
    },
  },
  {
    name: 'a job that ended before its registration: is shown as ended',
    async play({ gateway, show }) {
      gateway.intercept(({ path }) => {
        if (path !== '/rpc/export_users') return undefined
        const { job_id } = gateway.createJob({ status: 'completed', output: 'fast' })
        return success({ data: { job_id } })
      })
      await show({ ...job, args: csv }).shows({ phase: 'succeeded', output: 'fast' })
    },
  },
]

/** The idempotency keys of all start requests. */
function keysOf({ requests }: Pick<FakeGateway, 'requests'>): (string | null)[] {
  return requests
    .filter(({ path }) => path === '/rpc/export_users')
    .map(({ headers }) => headers.get('x-idempotency-key'))
}
