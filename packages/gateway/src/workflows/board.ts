import type { StepStatus, WorkflowStatus } from '@headway/core/protocol'
import type { Report } from '../runs/report.ts'

/** A step as users see it. */
export interface ShownStep {
  ordinal: number
  status: StepStatus
  error: string | null
}

/** How a step, or a wait of the name of a step, has ended. */
export type StepEnd = Extract<StepStatus, 'completed' | 'failed' | 'cancelled'>

/** How a step has ended that has thrown. A cancel throws its own reason. */
export function endOf(thrown: unknown, cancelled: AbortSignal): StepEnd {
  return cancelled.aborted && thrown === cancelled.reason ? 'cancelled' : 'failed'
}

/** The visible state of a run that this worker executes. */
export interface Shown {
  status: WorkflowStatus
  step: string | null
  waitingFor: string | null
  progress: number | null
  message: string | null
  done: number | null
  total: number | null
  unit: string | null
}

/** The last report, with the percentage that holds since. */
type Reported = Report & { percent: number | null }

/**
 * The visible state of one run, as its execution reports it. Each change calls `changed`. Plain
 * data, no effects.
 */
export class Board {
  readonly id: string
  /** The fence of every write. */
  readonly claim: number
  readonly #changed: (board: Board) => void
  readonly #ordinals = new Map<string, number>()
  /** The steps under way, in the order in which they began. */
  readonly #running = new Set<string>()
  /**
   * The current waits, by step or a name of their own, with their events; `null` is a wait for a
   * time.
   */
  readonly #waits = new Map<string, string | null>()
  #isCompensating = false
  #report: Reported
  #steps = new Map<string, ShownStep>()
  /** The earlier state, until something new is done: replaying finished steps takes no time. */
  #before: Shown | null

  /**
   * @param run its current visible state
   * @param steps in display order
   */
  constructor(
    { id, claim, ...shown }: { id: string; claim: number } & Shown,
    steps: readonly string[],
    changed: (board: Board) => void,
  ) {
    this.id = id
    this.claim = claim
    this.#before = shown
    const { progress, message, done, total, unit } = shown
    this.#report = { percent: progress, message, done, total, unit }
    this.#changed = changed
    for (const name of steps) this.#ordinals.set(name, this.#ordinals.size + 1)
  }

  /** The current visible state. */
  get shown(): Shown {
    const { percent: progress, ...reported } = this.#report
    if (this.#before) return { ...this.#before, progress, ...reported }
    const isWaiting = this.#waits.size > 0 && this.#running.size === 0
    const wait = [...this.#waits].at(-1)
    const waitStep = wait && this.#ordinals.has(wait[0]) ? wait[0] : null
    return {
      status: this.#isCompensating ? 'compensating' : isWaiting ? 'waiting' : 'running',
      step: [...this.#running].at(-1) ?? waitStep,
      waitingFor: wait?.[1] ?? null,
      progress,
      ...reported,
    }
  }

  /** The steps that have changed since they were taken last. */
  takeSteps(): Map<string, ShownStep> {
    const steps = this.#steps
    this.#steps = new Map()
    return steps
  }

  began(name: string): void {
    this.#before = null
    this.#running.add(name)
    this.#setStep(name, 'running', null)
  }

  /** A try has failed, and another will come. */
  retrying(name: string, error: string): void {
    this.#setStep(name, 'running', error)
  }

  ended(name: string, status: StepEnd, error: string | null): void {
    this.#running.delete(name)
    this.#setStep(name, status, error)
  }

  /** `name` is shown as a step where there is one of that name. */
  waits(name: string, event: string | null): void {
    this.#before = null
    this.#waits.set(name, event)
    if (this.#ordinals.has(name)) this.#setStep(name, 'running', null)
    else this.#changed(this)
  }

  waited(name: string, status: StepEnd, error: string | null): void {
    this.#waits.delete(name)
    if (this.#ordinals.has(name)) this.#setStep(name, status, error)
    else this.#changed(this)
  }

  compensates(): void {
    this.#before = null
    this.#isCompensating = true
    this.#changed(this)
  }

  undoes(name: string): void {
    this.#running.add(name)
    this.#changed(this)
  }

  undone(name: string, error: string | null): void {
    this.#running.delete(name)
    // A step that could not be undone is still done.
    this.#setStep(name, error === null ? 'compensated' : 'completed', error)
  }

  reports({ percent = this.#report.percent, ...report }: Report): void {
    this.#report = { ...report, percent }
    this.#changed(this)
  }

  #setStep(name: string, status: ShownStep['status'], error: string | null): void {
    const ordinal = this.#ordinals.get(name) ?? this.#ordinals.size + 1
    this.#ordinals.set(name, ordinal)
    this.#steps.set(name, { ordinal, status, error })
    this.#changed(this)
  }
}
