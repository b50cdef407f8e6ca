import { failure } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import { inBatches, type Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** Following a run by its id. */
export const attachScenarios: Scenario[] = [
  {
    name: 'an id: is loading until the first answer',
    async play({ gateway, show }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const screen = show({ ...job, id: job_id })
      await screen.shows({ phase: 'running', progress: 40, loading: false })
      expect(screen.seen[0]).toMatchObject({ jobId: job_id, loading: true })
      expect(gateway.count('/rpc/export_users')).toBe(0)
    },
  },
  {
    name: 'an id that comes later: is idle before',
    async play({ gateway, show }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const screen = show(job)
      await screen.shows({ phase: 'idle' })
      screen.ask({ ...job, id: job_id })
      await screen.shows({ jobId: job_id, progress: 40 })
    },
  },
  {
    name: 'another id, and back: shows the current state of each job',
    async play({ gateway, show }) {
      const first = gateway.createJob({ status: 'running', progress: 40 }).job_id
      const second = gateway.createJob({ status: 'running', progress: 10 }).job_id
      const screen = show({ ...job, id: first })
      await screen.shows({ jobId: first, progress: 40 })
      screen.ask({ ...job, id: second })
      await screen.shows({ jobId: second, progress: 10 })
      gateway.update(first, { progress: 60 })
      screen.ask({ ...job, id: first })
      await screen.shows({ jobId: first, progress: 60 })
    },
  },
  {
    name: 'a removed id: is idle again, and nothing stays registered',
    async play({ gateway, show, advance }) {
      const screen = show({ ...job, id: gateway.createJob().job_id })
      await screen.shows({ sync: { status: 'live' } })
      screen.ask(job)
      await screen.shows({ phase: 'idle', jobId: '' })
      await advance(1_000)
      expect(gateway.registrations()).toEqual([])
    },
  },
  {
    name: 'a job that the component has started: is shown until it gets another id',
    async play({ gateway, show }) {
      const other = gateway.createJob({ progress: 10 }).job_id
      const screen = show({ ...job, id: other })
      await screen.shows({ jobId: other })
      screen.actions.start?.(null)
      await screen.shows({ jobId: 'job-2', phase: 'queued' })
      // The parent passes the id of the started job, which this component shows already.
      screen.ask({ ...job, id: 'job-2' })
      await screen.shows({ jobId: 'job-2', sync: { status: 'live' } })
      screen.ask({ ...job, id: other })
      await screen.shows({ jobId: other })
    },
  },
  {
    name: 'an unknown id: is missing',
    async play({ show }) {
      const seen = { phase: 'missing', status: 'not_found', isDone: true, loading: false }
      await show({ ...job, id: 'unknown' }).shows(seen)
    },
  },
  {
    name: 'an ended job that the server has deleted: keeps its end',
    async play({ gateway, show, last, client }) {
      const screen = show({ ...job, args: null })
      await screen.settled()
      await last('export_users').complete('done')
      await screen.shows({ phase: 'succeeded' })
      gateway.forget('job-1')
      gateway.drop()
      client.reconnectNow()
      await screen.shows({ phase: 'succeeded', output: 'done' })
    },
  },
  {
    name: 'a job of another user: is refused, without a state',
    gateway: { capabilities: inBatches },
    async play({ gateway, show }) {
      const { job_id } = gateway.createJob({ status: 'running' })
      gateway.intercept(({ path }) =>
        path.startsWith('/subscribe') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
      )
      const screen = show({ ...job, id: job_id })
      await screen.shows({ status: 'pending', error: null, sync: { status: 'refused' } })
    },
  },
  {
    name: 'a second component of the same job: shows its state at once',
    async play({ gateway, show }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const first = show({ ...job, id: job_id })
      await first.shows({ progress: 40 })
      const second = show({ ...job, id: job_id })
      await second.shows({ progress: 40 })
      gateway.update(job_id, { progress: 50 })
      await first.shows({ progress: 50 })
      await second.shows({ progress: 50 })
      expect(gateway.registrations()).toEqual([`job:${job_id}`])
    },
  },
]
