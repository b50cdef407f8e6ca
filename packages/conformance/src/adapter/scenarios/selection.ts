import type { JobView } from '@headway/core'
import { expect } from 'vitest'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }

/** A component that selects a part of a job renders only when that part changes. */
export const selectionScenarios: Scenario[] = [
  {
    name: 'one field: no render when other fields change',
    async play({ show, gateway }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const select = ({ progress }: JobView<unknown>): unknown => ({ progress }).progress
      const screen = show({ ...job, id: job_id, select })
      await expect.poll(() => screen.view).toBe(40)
      await screen.settled()
      const { renders } = screen
      for (const message of ['row 1', 'row 2', 'row 3']) gateway.update(job_id, { message })
      await screen.settled()
      expect(screen.renders).toBe(renders)
      gateway.update(job_id, { progress: 50 })
      await expect.poll(() => screen.view).toBe(50)
    },
  },
  {
    name: 'an object of fields: no render while each field is the same',
    async play({ show, gateway }) {
      const { job_id } = gateway.createJob({ status: 'running', progress: 40 })
      const select = ({ progress, phase }: JobView<unknown>): unknown => ({ progress, phase })
      const screen = show({ ...job, id: job_id, select })
      await screen.shows({ phase: 'running', progress: 40 })
      const { renders } = screen
      for (const message of ['row 1', 'row 2', 'row 3']) gateway.update(job_id, { message })
      await screen.settled()
      expect(screen.renders).toBe(renders)
      gateway.update(job_id, { status: 'completed', progress: 100 })
      await screen.shows({ phase: 'succeeded', progress: 100 })
    },
  },
]
