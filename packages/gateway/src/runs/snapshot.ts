import {
  encodeEvent,
  encodeJobUpdate,
  type JobStatus,
  type SnapshotTimes,
  type SnapshotTotals,
  type StepSnapshot,
  type StepStatus,
  type WholeJobSnapshot,
  type WorkflowSnapshot,
  type WorkflowStatus,
} from '@headway/core/protocol'
import { maxErrorChars, maxMessageChars, toErrorText, toMessageText } from '../bound-text.ts'
import { uncounted } from './report.ts'
import type { Run, StepRow } from './run-store.ts'

/** A workflow as the wire has it: only times and totals may be absent. */
type WholeWorkflowSnapshot = WorkflowSnapshot &
  Required<Omit<WorkflowSnapshot, keyof SnapshotTimes | keyof SnapshotTotals>>

/** A run as the wire has it. */
export type RunSnapshot = WholeJobSnapshot | WholeWorkflowSnapshot

/** A run as the wire has it. @see PROTOCOL.md, "Snapshots" */
export function toSnapshot(run: Run): RunSnapshot {
  return run.kind === 'job' ? toJobSnapshot(run) : toWorkflowSnapshot(run)
}

/**
 * A run as a push tells it to a client whose registration was answered: without the times that the
 * client knows from there.
 *
 * @param knownStart the `startedAt` of the answer. `null` is never left out: pushes since then may
 *   have had another.
 * @see PROTOCOL.md, "Times"
 */
function toUpdate(run: Run, knownStart: number | null): RunSnapshot {
  const snapshot = toSnapshot(run)
  snapshot.created_at = undefined
  if (knownStart !== null && run.startedAt === knownStart) snapshot.started_at = undefined
  return snapshot
}

function toJobSnapshot(run: Run): WholeJobSnapshot {
  const { id, progress, output, revision, attempt } = run
  return {
    job_id: id,
    status: run.status as JobStatus,
    progress,
    message: shortMessage(run.message),
    output,
    error: shortError(run.error),
    // Those without a value are left out.
    position: run.position,
    done: run.done ?? undefined,
    total: run.total ?? undefined,
    unit: run.unit ?? undefined,
    children: run.children ?? undefined,
    created_at: run.createdAt ?? undefined,
    // `null` takes back the one of the attempt before.
    started_at: run.startedAt,
    finished_at: run.finishedAt ?? undefined,
    revision,
    attempt,
  }
}

function toWorkflowSnapshot(run: Run): WholeWorkflowSnapshot {
  const { id, step, waitingFor, output, progress, revision, attempt } = run
  return {
    workflow_id: id,
    status: run.status as WorkflowStatus,
    step,
    waiting_for: waitingFor,
    steps: toSteps(run.steps),
    output,
    error: shortError(run.error),
    progress,
    message: shortMessage(run.message),
    done: run.done ?? undefined,
    total: run.total ?? undefined,
    unit: run.unit ?? undefined,
    children: run.children ?? undefined,
    cancel_requested: run.isCancelRequested,
    created_at: run.createdAt ?? undefined,
    started_at: run.startedAt,
    finished_at: run.finishedAt ?? undefined,
    revision,
    attempt,
  }
}

/** Texts that SQL has reported are kept whole, and cut when they are read. */
function shortMessage(message: string | null): string | null {
  return message !== null && message.length > maxMessageChars ? toMessageText(message) : message
}

function shortError(error: string | null): string | null {
  return error !== null && error.length > maxErrorChars ? toErrorText(error) : error
}

function toSteps(steps: Run['steps']): StepSnapshot[] {
  return steps?.map(toStep) ?? []
}

function toStep({ name, status, error, startedAt, finishedAt }: StepRow): StepSnapshot {
  const step = { name, status, error: shortError(error) }
  // SQL that ends a workflow also notes when: it says nothing of a step that never began.
  if (status === 'pending' || status === 'skipped') return step
  return { ...step, started_at: startedAt ?? undefined, finished_at: finishedAt ?? undefined }
}

/** The words of Forge's clients for statuses that they do not know. */
const forgeWords: ReadonlyMap<string, WorkflowStatus> = new Map([
  ['created', 'pending'],
  ['compensating', 'running'],
  ['compensated', 'failed'],
])

/** The word of Forge's clients for a step's status. */
const toForgeWord = (status: StepStatus): StepStatus => (status === 'cancelled' ? 'failed' : status)

/** A run as Forge's clients know it: without times, totals and decimals. */
function toForgeRun(run: Run): Run {
  return {
    ...run,
    progress: run.progress && Math.floor(run.progress),
    ...uncounted,
    position: undefined,
    children: undefined,
    createdAt: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    steps:
      run.steps?.map(({ name, status, error }) => ({ name, status: toForgeWord(status), error })) ??
      null,
  }
}

/** A run in words that Forge's clients accept. @see PROTOCOL.md, "Events" */
function toForgeSnapshot(run: Run): RunSnapshot {
  const snapshot = toSnapshot(toForgeRun(run))
  if ('job_id' in snapshot) return snapshot
  return { ...snapshot, status: forgeWords.get(snapshot.status) ?? snapshot.status }
}

/** The words of a session: those of our clients, or those of Forge's. */
export type Dialect = 'headway' | 'forge'

/** A run as a session understands it. */
export function toSnapshotIn(dialect: Dialect, run: Run): RunSnapshot {
  return dialect === 'headway' ? toSnapshot(run) : toForgeSnapshot(run)
}

/**
 * A run as an event about a target, as a session understands it.
 *
 * @param knownStart see {@link RunRegistration}; without it the event tells everything
 */
export function encodeRun(
  target: string,
  dialect: Dialect,
  run: Run,
  knownStart?: number | null,
): string {
  const isWhole = knownStart === undefined || dialect === 'forge'
  const snapshot = isWhole ? toSnapshotIn(dialect, run) : toUpdate(run, knownStart)
  if ('job_id' in snapshot) return encodeJobUpdate(target, snapshot)
  return encodeEvent({ type: 'update', target, payload: snapshot })
}

/** The result of `write`; `null` when the value, such as an output of SQL, is nested too deep. */
export function unlessTooDeep(write: () => string): string | null {
  try {
    return write()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
