import {
  isTerminalStatus,
  isTerminalWorkflowStatus,
  type JobSnapshot,
  type StepSnapshot,
  type WorkflowSnapshot,
} from '../protocol/snapshots.ts'
import type { FakeLabels, FakeRun } from './fake-gateway-api.ts'

/** A run with what lists tell about it. */
export interface KnownRun extends Required<FakeLabels> {
  kind: 'job' | 'workflow'
  id: string
  /** Grows with each new run. */
  number: number
  run: FakeRun
}

/**
 * The runs of a fake gateway, in memory.
 *
 * @param clock the time for their times; `null` on Forge
 */
export function createFakeRuns(hasRevisions: boolean, clock: (() => number) | null) {
  const runs = new Map<string, FakeRun>()
  const labelsOf = new Map<string, Required<FakeLabels> & { number: number }>()
  const childrenOf = new Map<string, string[]>()
  let added = 0
  const base = () => ({
    output: null,
    error: null,
    ...(clock && { created_at: clock() }),
    ...(hasRevisions && { revision: 1, attempt: 0 }),
  })
  const add = <T extends FakeRun>(id: string, run: T, labels: Required<FakeLabels>): T => {
    added += 1
    runs.set(id, run)
    labelsOf.set(id, { ...labels, number: added })
    const { parent } = labels
    const siblings = childrenOf.get(parent ?? '') ?? []
    siblings.push(id)
    if (parent !== null) childrenOf.set(parent, siblings)
    return run
  }
  const get = (id: string): FakeRun => {
    const found = runs.get(id)
    if (found) return found
    throw new Error(`The fake gateway has no run ${id}: start or create it first`)
  }
  const known = (id: string): KnownRun | undefined => {
    const run = runs.get(id)
    if (!run) return undefined
    const kind = 'job_id' in run ? 'job' : 'workflow'
    return { kind, id, run, number: 0, ...(labelsOf.get(id) ?? toLabels(kind, {})) }
  }
  return {
    createJob(fields: Partial<JobSnapshot> = {}, labels: FakeLabels = {}): JobSnapshot {
      const job_id = fields.job_id ?? `job-${added + 1}`
      const job = { job_id, status: 'pending', progress: 0, message: null, ...base() } as const
      return add(job_id, { ...job, ...fields }, toLabels('job', labels))
    },
    createWorkflow(
      fields: Partial<WorkflowSnapshot> = {},
      labels: FakeLabels = {},
    ): WorkflowSnapshot {
      const workflow_id = fields.workflow_id ?? `workflow-${added + 1}`
      const workflow = { status: 'created', step: null, waiting_for: null } as const
      const whole = { workflow_id, ...workflow, steps: [], ...base(), ...fields }
      return add(workflow_id, whole, toLabels('workflow', labels))
    },
    get: (id: string): FakeRun => get(id),
    has: (id: string): boolean => runs.has(id),
    /** The id of the run that it is a child of. */
    parentOf: (id: string): string | null => labelsOf.get(id)?.parent ?? null,
    /** The children of a run, in their order. */
    children: (parent: string): KnownRun[] =>
      (childrenOf.get(parent) ?? []).flatMap((id) => known(id) ?? []),
    /** The run with this id and kind. */
    find(kind: 'job' | 'workflow', id: string): FakeRun | undefined {
      const found = runs.get(id)
      return found && `${kind}_id` in found ? found : undefined
    },
    update(id: string, fields: Partial<JobSnapshot> | Partial<WorkflowSnapshot>): void {
      const before = get(id)
      const next = hasRevisions && { revision: (before.revision ?? 0) + 1 }
      const after = { ...before, ...next, ...fields } as FakeRun
      runs.set(id, {
        ...after,
        ...(clock && timesOf(before, after, clock())),
        ...fields,
      } as FakeRun)
    },
    forget: (id: string): void => void runs.delete(id),
    /** All runs, the newest first. */
    all: (): KnownRun[] =>
      [...runs.keys()]
        .flatMap((id) => known(id) ?? [])
        .sort((a, b) => timeOf(b) - timeOf(a) || b.number - a.number),
  }
}

function timeOf({ run }: KnownRun): number {
  return run.created_at ?? 0
}

function toLabels(
  kind: string,
  { name = kind, title = null, tags = [], owner = null, parent = null }: FakeLabels,
): Required<FakeLabels> {
  return { name, title, tags, owner, parent }
}

/** The times of a run after a change. A run that begins again has not ended. */
function timesOf(before: FakeRun, after: FakeRun, now: number): Partial<FakeRun> {
  if (hasEnded(after)) return { finished_at: hasEnded(before) ? before.finished_at : now }
  const isWaiting = waiting.has(after.status)
  const wasWaiting = typeof before.started_at !== 'number' || waiting.has(before.status)
  if (wasWaiting && !isWaiting) return { started_at: now, finished_at: undefined }
  const isRetried = hasEnded(before) && isWaiting
  return { ...(isRetried && { started_at: null }), finished_at: undefined }
}

/** The statuses of runs that no worker runs. */
const waiting: ReadonlySet<string> = new Set(['pending', 'created', 'claimed', 'retry'])

/** True while a worker has a run. */
export function isTaken({ status }: FakeRun): boolean {
  return status === 'claimed' || !waiting.has(status)
}

/** The steps with another state of one of them, which may be new. */
export function changeStep(
  steps: readonly StepSnapshot[],
  { name, status, error }: StepSnapshot,
  now: number,
): StepSnapshot[] {
  const known = steps.find((step) => step.name === name)
  const next = {
    name,
    status,
    error,
    ...(status !== 'pending' && status !== 'skipped' && { started_at: known?.started_at ?? now }),
    ...(status !== 'pending' &&
      status !== 'skipped' &&
      status !== 'running' && { finished_at: now }),
  }
  return known ? steps.map((step) => (step === known ? next : step)) : [...steps, next]
}

/**
 * A run as the client of a stream understands it: Forge's know no times, totals, places,
 * children and decimals.
 */
export function inWordsOf(isOurs: boolean, run: FakeRun): FakeRun {
  if (isOurs) return run
  const { created_at, started_at, finished_at, done, total, unit, children, ...other } = run
  const { position, ...known } = { position: undefined, ...other }
  const { progress } = known
  return {
    ...known,
    ...(typeof progress === 'number' && { progress: Math.floor(progress) }),
    ...('steps' in known && {
      steps: known.steps.map(({ name, status, error }) => ({
        name,
        status: status === 'cancelled' ? 'failed' : status,
        error,
      })),
    }),
  } as FakeRun
}

/** True if a run has ended. */
export function hasEnded(run: FakeRun): boolean {
  return 'job_id' in run ? isTerminalStatus(run.status) : isTerminalWorkflowStatus(run.status)
}

/**
 * The last state of a cancelled run. A workflow ends `compensated`: its steps were undone. The step
 * under way is cancelled, and those not reached are skipped.
 */
export function cancelledFields(
  run: FakeRun,
  error: string,
  now: number,
): Partial<JobSnapshot> | Partial<WorkflowSnapshot> {
  if ('job_id' in run) return { status: 'cancelled', error }
  const steps = run.steps.map((step): StepSnapshot => {
    if (step.status === 'pending') return { ...step, status: 'skipped' }
    if (step.status !== 'running') return step
    return { ...step, status: 'cancelled', error, finished_at: now }
  })
  return { status: 'compensated', error, cancel_requested: true, steps }
}
