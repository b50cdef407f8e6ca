import type { WorkflowSnapshot } from '@headway/core/protocol'
import type { Ask } from '../adapter-under-test.ts'
import type { Scenario } from '../scenario.ts'

const workflow: Ask = { show: 'workflow', name: 'verify_account' }
const gateway = { workflows: ['verify_account'] }
const active = { isActive: true, isDone: false }
const done = { isActive: false, isDone: true }

/** Every status of a workflow, with the expected view. */
const statuses: [fields: Partial<WorkflowSnapshot>, seen: object][] = [
  [{ status: 'created' }, { phase: 'queued', ...active }],
  [{ status: 'pending' }, { phase: 'queued', ...active }],
  [
    { status: 'running', step: 'mail' },
    { phase: 'running', ...active },
  ],
  [
    { status: 'waiting', waiting_for: 'click' },
    { phase: 'waiting', ...active },
  ],
  [{ status: 'sleeping' }, { phase: 'waiting', ...active }],
  [{ status: 'blocked_missing_version' }, { phase: 'waiting', ...active }],
  [{ status: 'blocked_signature_mismatch' }, { phase: 'waiting', ...active }],
  [{ status: 'blocked_missing_handler' }, { phase: 'waiting', ...active }],
  [
    { status: 'compensating', error: 'no' },
    { phase: 'compensating', ...active },
  ],
  [
    { status: 'completed', output: { ok: true } },
    { phase: 'succeeded', ...done },
  ],
  [
    { status: 'compensated', error: 'no' },
    { phase: 'failed', ...done },
  ],
  [
    { status: 'failed', error: 'no' },
    { phase: 'failed', ...done },
  ],
  [
    { status: 'running', progress: 40, message: 'half' },
    { phase: 'running', ...active },
  ],
  [
    { status: 'running', cancel_requested: true },
    { phase: 'cancelling', ...active },
  ],
  [
    { status: 'compensating', cancel_requested: true },
    { phase: 'compensating', ...active },
  ],
  [
    { status: 'compensated', error: 'no', cancel_requested: true },
    { phase: 'cancelled', ...done },
  ],
  [
    { status: 'failed', error: 'not undone', cancel_requested: true },
    { phase: 'failed', ...done },
  ],
  [
    { status: 'retired_unresumable', error: 'no' },
    { phase: 'failed', ...done },
  ],
  [
    { status: 'cancelled_by_operator', error: 'no' },
    { phase: 'cancelled', ...done },
  ],
]

const stepStatuses = [
  'pending',
  'running',
  'completed',
  'failed',
  'cancelled',
  'compensated',
  'skipped',
] as const

/** Each status of a workflow, and each status of a step. */
export const workflowStatusScenarios: Scenario[] = [
  ...statuses.map(
    ([{ waiting_for, cancel_requested = false, ...fields }, seen]): Scenario => ({
      name: `a workflow that becomes ${fields.status}${cancel_requested ? ', after a cancel' : ''}${fields.message ? ', with progress' : ''}`,
      gateway,
      async play({ gateway, show }) {
        const { workflow_id } = gateway.createWorkflow()
        const screen = show({ ...workflow, id: workflow_id })
        await screen.shows({ phase: 'queued', workflowId: workflow_id, steps: [] })
        const said = { ...fields, waiting_for: waiting_for ?? null, cancel_requested }
        gateway.update(workflow_id, said)
        await screen.shows({ ...fields, ...seen, waitingFor: waiting_for ?? null })
      },
    }),
  ),
  ...stepStatuses.map(
    (status): Scenario => ({
      name: `a step that becomes ${status}`,
      gateway,
      async play({ gateway, show }) {
        const error = status === 'failed' ? 'no such address' : null
        const steps = [{ name: 'mail', status: 'running', error: null } as const]
        const { workflow_id } = gateway.createWorkflow({ status: 'running', step: 'mail', steps })
        const screen = show({ ...workflow, id: workflow_id })
        await screen.shows({ step: 'mail', steps })
        gateway.update(workflow_id, { steps: [{ name: 'mail', status, error }] })
        await screen.shows({ phase: 'running', steps: [{ name: 'mail', status, error }] })
      },
    }),
  ),
  {
    name: 'a workflow from its start to its end, with its steps',
    gateway,
    async play({ last, show }) {
      const screen = show({ ...workflow, args: { userId: 'u1' } })
      await screen.shows({ phase: 'queued', loading: false })
      await last('verify_account').step('mail', 'running')
      await screen.shows({ phase: 'running', step: 'mail' })
      await last('verify_account').step('mail', 'completed').step('click', 'running')
      await screen.shows({
        step: 'click',
        steps: [
          { name: 'mail', status: 'completed' },
          { name: 'click', status: 'running' },
        ],
      })
      await last('verify_account').complete({ verified: true })
      await screen.shows({ phase: 'succeeded', output: { verified: true } })
    },
  },
  {
    name: 'a workflow that is cancelled during a step',
    gateway,
    async play({ last, show }) {
      const screen = show({ ...workflow, args: null })
      await screen.settled()
      await last('verify_account').step('mail', 'running')
      await screen.shows({ phase: 'running' })
      await screen.actions.cancel?.('changed my mind')
      await screen.shows({
        status: 'compensated',
        phase: 'cancelled',
        error: 'changed my mind',
        steps: [{ name: 'mail', status: 'cancelled', error: 'changed my mind' }],
      })
    },
  },
  {
    name: 'an unknown workflow is missing',
    gateway,
    async play({ show }) {
      await show({ ...workflow, id: 'unknown' }).shows({ phase: 'missing', status: 'not_found' })
    },
  },
]
