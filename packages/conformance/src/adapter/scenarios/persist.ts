import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users', persist: 'export' }

/** A reload does not lose a run. */
export const persistScenarios: Scenario[] = [
  {
    name: 'started from an event, then the page is loaded anew: the same job goes on',
    async play(stage) {
      const screen = stage.show(job)
      await screen.settled()
      screen.actions.start?.(null)
      await screen.shows({ jobId: 'job-1' })
      await stage.last('export_users').running().progress(40)
      stage.reload()
      const again = stage.show(job)
      await again.shows({ jobId: 'job-1', phase: 'running', progress: 40 })
      expect(stage.gateway.count('/rpc/export_users')).toBe(1)
    },
  },
  {
    name: 'started by its arguments, then the page is loaded anew: it is not started again',
    async play(stage) {
      await stage.show({ ...job, args: null }).shows({ jobId: 'job-1' })
      await stage.last('export_users').running().progress(40)
      stage.reload()
      await stage.show({ ...job, args: null }).shows({ jobId: 'job-1', progress: 40 })
      expect(stage.gateway.count('/rpc/export_users')).toBe(1)
    },
  },
  {
    name: 'ended while the page was away: its end is shown once, and then forgotten',
    async play(stage) {
      const outputs: unknown[] = []
      await stage.show({ ...job, args: null }).shows({ jobId: 'job-1' })
      stage.reload()
      stage.gateway.update('job-1', { status: 'completed', output: 'done' })
      const onDone = (output: unknown): void => void outputs.push(output)
      await stage.show({ ...job, onDone }).shows({ phase: 'succeeded', output: 'done' })
      expect(outputs).toEqual(['done'])
      stage.reload()
      await stage.show(job).shows({ phase: 'idle', jobId: '' })
    },
  },
  {
    name: 'forgotten by the server while the page was away: missing, then forgotten here too',
    async play(stage) {
      await stage.show({ ...job, args: null }).shows({ jobId: 'job-1' })
      stage.reload()
      stage.gateway.forget('job-1')
      await stage.show(job).shows({ phase: 'missing' })
      stage.reload()
      await stage.show(job).shows({ phase: 'idle' })
    },
  },
]
