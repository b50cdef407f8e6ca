import type { WorkflowPhase, WorkflowStepState, WorkflowView } from '@headway/core'
import { noticeOf } from './sync-text.ts'
import { verificationSteps } from './verification-steps.ts'

/** One step in words. */
export interface StepText {
  name: string
  label: string
  status: WorkflowStepState['status']
  /** The status in a word. */
  word: string
  error: string | null
  isCurrent: boolean
}

/** A workflow in words. All panels show the same. */
export interface WorkflowText {
  title: string
  /** The event that the workflow waits for, or its error. */
  detail: string
  summary: string
  /** A warning when the view may be out of date; empty while it is live. */
  notice: string
  steps: StepText[]
  canStart: boolean
  canConfirm: boolean
  canCancel: boolean
  canRetry: boolean
}

const titles: Record<WorkflowPhase, string> = {
  idle: 'Nothing verified yet',
  starting: 'Starting',
  queued: 'Queued',
  running: 'Running',
  waiting: 'Waiting',
  retrying: 'Waiting to try again',
  cancelling: 'Cancelling',
  compensating: 'Undoing',
  succeeded: 'Account opened',
  failed: 'Failed',
  cancelled: 'Cancelled',
  missing: 'Not found',
}

const labels: Record<string, string> = {
  create_account: 'Create the account',
  send_email: 'Send a mail',
  email_confirmed: 'Wait for a click on its link',
  check_documents: 'Check documents',
  open_account: 'Open the account',
}

const words: Record<StepText['status'], string> = {
  pending: '',
  running: 'under way',
  completed: 'done',
  failed: 'failed',
  compensated: 'undone',
  skipped: 'not reached',
  cancelled: 'cancelled',
}

/**
 * The texts of the verification panel. Pure.
 *
 * @param now epoch milliseconds
 */
export function describeWorkflow(workflow: WorkflowView<unknown>, now: number): WorkflowText {
  const { phase, startError, isActive, loading, waitingFor, sync } = workflow
  const isUnknown = loading && phase !== 'starting'
  const title = startError ? 'Not started' : isUnknown ? 'Loading' : titles[phase]
  const detail = isUnknown ? '' : detailOf(workflow)
  const isStarted = isActive && phase !== 'starting'
  return {
    title,
    detail,
    summary: detail === '' ? title : `${title}. ${detail}`,
    notice: isStarted || sync.status === 'refused' ? noticeOf(sync, now) : '',
    steps: stepsOf(workflow),
    canStart: !isActive,
    canConfirm: waitingFor === 'email_confirmed' && phase === 'waiting',
    canCancel: isStarted && phase !== 'cancelling' && phase !== 'compensating',
    canRetry: !startError && (phase === 'failed' || phase === 'cancelled'),
  }
}

/** The members of a step that its text is made of. */
type KnownStep = Pick<WorkflowStepState, 'name' | 'status' | 'error'>

function stepsOf({ steps, step }: WorkflowView<unknown>): StepText[] {
  const known: readonly KnownStep[] =
    steps.length > 0
      ? steps
      : verificationSteps.map((name) => ({ name, status: 'pending', error: null }))
  return known.map(({ name, status, error: reason }) => {
    const isWaiting = name === 'email_confirmed' && status === 'running'
    const word = isWaiting ? 'waiting' : words[status]
    // The panel has the reason of a cancel once, in its own line.
    const error = status === 'cancelled' ? null : reason
    return { name, label: labels[name] ?? name, status, word, error, isCurrent: name === step }
  })
}

function detailOf({ phase, error, attempt }: WorkflowView<unknown>): string {
  switch (phase) {
    case 'idle':
      return 'Press Verify in any panel: all four follow.'
    case 'waiting':
      return 'A mail was sent: click its link here.'
    case 'compensating':
      return 'The finished steps are undone, the last one first.'
    case 'cancelled':
      return error === 'cancelled' ? '' : (error ?? '')
    case 'failed':
      return error ?? ''
    case 'missing':
      return 'The server no longer has this verification.'
    case 'starting':
      return 'Waiting for the server'
    case 'queued':
      return 'Waiting for a worker'
    case 'succeeded':
      return attempt > 1 ? `At attempt ${attempt}` : ''
    default:
      return ''
  }
}

/**
 * The text for screen readers about a change: each step when it begins, each wait, the end. `null`
 * for all other changes. Pure.
 */
export function workflowAnnouncement(
  before: WorkflowView<unknown>,
  after: WorkflowView<unknown>,
): string | null {
  const isAnother = before.workflowId !== after.workflowId
  if (after.isDone) {
    if (before.isDone && !isAnother) return null
    return `Verification: ${describeWorkflow(after, 0).summary}`
  }
  if (isAnother) return 'Verification: started'
  if (after.phase === 'waiting' && before.phase !== 'waiting') {
    return `Verification: ${describeWorkflow(after, 0).detail}`
  }
  if (after.phase === 'compensating' && before.phase !== 'compensating')
    return 'Verification: undoing'
  if (after.step === null || after.step === before.step || after.phase === 'compensating')
    return null
  return `Verification: ${labels[after.step] ?? after.step}`
}
