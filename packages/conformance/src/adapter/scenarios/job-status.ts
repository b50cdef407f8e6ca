import type { JobSnapshot } from '@headway/core/protocol'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const job: Ask = { show: 'job', name: 'export_users' }
const output = { downloadUrl: '/users.csv' }
const active = { isActive: true, isDone: false }
const done = { isActive: false, isDone: true }

/** Every status of a job, with the expected view. */
const statuses: [fields: Partial<JobSnapshot>, seen: object][] = [
  [{ status: 'pending' }, { phase: 'queued', ...active }],
  [{ status: 'claimed' }, { phase: 'queued', ...active }],
  [
    { status: 'running', progress: 40, message: 'half' },
    { phase: 'running', ...active },
  ],
  [
    { status: 'retry', error: 'disk full' },
    { phase: 'retrying', ...active },
  ],
  [
    { status: 'pending', error: 'disk full' },
    { phase: 'retrying', ...active },
  ],
  [{ status: 'cancel_requested' }, { phase: 'cancelling', ...active }],
  [
    { status: 'completed', output },
    { phase: 'succeeded', ...done },
  ],
  [
    { status: 'failed', error: 'no' },
    { phase: 'failed', ...done },
  ],
  [
    { status: 'dead_letter', error: 'no' },
    { phase: 'failed', ...done },
  ],
  [
    { status: 'cancelled', error: 'enough' },
    { phase: 'cancelled', ...done },
  ],
  [{ status: 'a_word_of_tomorrow' }, { phase: 'running', ...active }],
].map(([fields, seen]) => [fields as Partial<JobSnapshot>, { ...fields, ...seen }])

/** Each status of a job, in the first answer and in a push. */
export const jobStatusScenarios: Scenario[] = statuses.flatMap(([fields, seen]) => {
  const words = `${fields.status}${fields.status === 'pending' && fields.error ? ' after a failure' : ''}`
  return [
    {
      name: `a job that is ${words} in the first answer`,
      async play({ gateway, show }) {
        const { job_id } = gateway.createJob(fields)
        const screen = show({ ...job, id: job_id })
        await screen.shows({ ...seen, jobId: job_id, loading: false, sync: { status: 'live' } })
      },
    },
    {
      name: `a job that becomes ${words} in a push`,
      async play({ gateway, show }) {
        const { job_id } = gateway.createJob({ status: 'running', progress: 10 })
        const screen = show({ ...job, id: job_id })
        await screen.shows({ phase: 'running', progress: 10 })
        gateway.update(job_id, fields)
        await screen.shows({ progress: 10, ...seen, sync: { status: 'live' } })
      },
    },
  ]
})
