import { failure } from '@headway/core/testing'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** Cancel, retry, and the callbacks for an end. */
export const endingScenarios: Scenario[] = [
  {
    name: 'cancel: ends as cancelled, with the reason',
    async play({ last, show }) {
      const screen = show({ ...job, args: null })
      await screen.settled()
      await last('export_users').running()
      await screen.shows({ phase: 'running' })
      await screen.actions.cancel?.('changed my mind')
      await screen.shows({ phase: 'cancelled', error: 'changed my mind' })
    },
  },
  {
    name: 'cancel during the start: creates the job, then cancels it',
    async play({ gateway, show }) {
      const screen = show(job)
      await screen.settled()
      screen.actions.start?.(null)
      await Promise.resolve()
      await screen.actions.cancel?.()
      await screen.shows({ phase: 'cancelled', jobId: 'job-1' })
      expect(gateway.run('job-1').status).toBe('cancelled')
    },
  },
  {
    name: 'a refused cancel: rejects and changes nothing',
    async play({ gateway, show }) {
      const { job_id } = gateway.createJob({ status: 'running' })
      const screen = show({ ...job, id: job_id })
      await screen.shows({ phase: 'running' })
      gateway.intercept(({ path }) =>
        path.endsWith('/cancel') ? failure(403, 'FORBIDDEN', 'not yours') : undefined,
      )
      await expect(screen.actions.cancel?.()).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await screen.shows({ phase: 'running', error: null })
    },
  },
  {
    name: 'a slow cancel: is cancelling, then shows the end',
    async play({ last, show }) {
      const screen = show({ ...job, args: null })
      await screen.settled()
      await last('export_users').running().update({ status: 'cancel_requested' })
      await screen.shows({ phase: 'cancelling', isActive: true })
      await last('export_users').complete('finished first')
      await screen.shows({ phase: 'succeeded', output: 'finished first' })
    },
  },
  {
    name: 'retry: runs a failed job again under the same id',
    async play({ last, show }) {
      const screen = show({ ...job, args: null })
      await screen.settled()
      await last('export_users').running().fail('disk full')
      await screen.shows({ phase: 'failed', error: 'disk full' })
      await screen.actions.retry?.()
      await screen.shows({ phase: 'queued', jobId: 'job-1', error: null })
      await last('export_users').running().complete('second time')
      await screen.shows({ phase: 'succeeded', output: 'second time' })
    },
  },
  {
    name: 'a failed attempt: the next attempt begins at 0',
    async play({ last, show }) {
      const screen = show({ ...job, args: null })
      await screen.settled()
      await last('export_users').update({ status: 'running', progress: 80, attempt: 1 } as object)
      await screen.shows({ progress: 80, attempt: 1 })
      await last('export_users').retrying('disk full')
      await screen.shows({ phase: 'retrying', error: 'disk full' })
      await last('export_users').update({
        status: 'running',
        progress: 0,
        error: null,
        attempt: 2,
      } as object)
      await screen.shows({ phase: 'running', progress: 0, attempt: 2, error: null })
    },
  },
  {
    name: 'onDone is called once, also after an update of the end and a reconnect',
    async play({ last, gateway, show, client }) {
      const outputs: unknown[] = []
      const screen = show({ ...job, args: null, onDone: (output) => outputs.push(output) })
      await screen.settled()
      await last('export_users').running().complete('done')
      await screen.shows({ phase: 'succeeded' })
      gateway.update('job-1', { message: 'updated' })
      gateway.drop()
      client.reconnectNow()
      await screen.settled()
      expect(outputs).toEqual(['done'])
    },
  },
  {
    name: 'onDone of a second component, which finds the job ended, is called once too',
    async play({ gateway, show }) {
      const { job_id } = gateway.createJob({ status: 'completed', output: 'done' })
      await show({ ...job, id: job_id }).shows({ phase: 'succeeded' })
      const outputs: unknown[] = []
      const onDone = (output: unknown): void => void outputs.push(output)
      await show({ ...job, id: job_id, onDone }).shows({ phase: 'succeeded' })
      expect(outputs).toEqual(['done'])
    },
  },
  {
    name: 'onDone of the newest render is called',
    async play({ last, show }) {
      const called: string[] = []
      const screen = show({ ...job, args: null, onDone: () => called.push('first') })
      await screen.settled()
      screen.ask({ ...job, args: null, onDone: () => called.push('second') })
      await screen.settled()
      await last('export_users').complete('done')
      await screen.shows({ phase: 'succeeded' })
      expect(called).toEqual(['second'])
    },
  },
  {
    name: 'onFail receives the error of a failed, cancelled or missing job, but not of a failed start',
    async play({ gateway, last, show }) {
      const names: string[] = []
      const onFail = (error: Error): void => void names.push(error.name)
      const failing = show({ ...job, args: null, onFail })
      await failing.settled()
      await last('export_users').fail('no')
      await failing.shows({ phase: 'failed' })
      const cancelled = show({ ...job, args: null, onFail })
      await cancelled.settled()
      await last('export_users').cancelled()
      await cancelled.shows({ phase: 'cancelled' })
      await show({ ...job, id: 'unknown', onFail }).shows({ phase: 'missing' })
      gateway.intercept(() => failure(403, 'FORBIDDEN', 'not yours'))
      await show({ ...job, args: null, onFail }).shows({ startError: { code: 'FORBIDDEN' } })
      expect(names).toEqual(['JobFailed', 'JobCancelled', 'JobMissing'])
    },
  },
]
