import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users', persist: 'export' }

/** Persisted runs. */
export const persistScenarios: Scenario[] = [
  {
    name: 'a job that was started from an event: is followed after the reload',
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
    name: 'a job that was started by `args`: is followed, and not started again',
    async play(stage) {
      await stage.show({ ...job, args: null }).shows({ jobId: 'job-1' })
      await stage.last('export_users').running().progress(40)
      stage.reload()
      await stage.show({ ...job, args: null }).shows({ jobId: 'job-1', progress: 40 })
      expect(stage.gateway.count('/rpc/export_users')).toBe(1)
    },
  },
  {
    name: 'a job that ended during the reload: its end is shown once, then the id is forgotten',
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
    name: 'a job that the server has deleted: is missing, then the id is forgotten',
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
