import type { Branch } from '../app/branch.ts'
import { checkEventName } from '../app/check-definitions.ts'
import {
  checkStepName,
  checkStepOptions,
  type Retry,
  type StepContext,
  type StepOptions,
} from '../app/step.ts'
import type { WorkflowContext } from '../app/workflow.ts'
import { EventTimedOut, StepFailed } from '../errors.ts'
import { handled } from '../handled.ts'
import { toReport } from '../runs/report.ts'
import { endOf } from './board.ts'
import type { WorkflowExecution } from './execution.ts'
import type { Outcome } from './memory.ts'
import { type Tries, tryStep } from './try-step.ts'

/** The options of a step, whatever it gives. */
type AnyStepOptions = StepOptions<unknown> & { optional?: boolean }

/** Something that was done, and how to undo it. */
export interface Undo {
  /** In which order it was asked for. */
  order: number
  name: string
  retry: Retry
  undo: (context: StepContext) => unknown
}

/** The tries of an undo that has no setting. */
const undoRetry: Retry = { attempts: 3 }

/** The context that a workflow is given; `undos` fills as steps are done. */
export function createContext(execution: WorkflowExecution): {
  context: WorkflowContext
  undos: readonly Undo[]
} {
  const { run, memory, board, faults, cancelled, released, lost } = execution
  const undos: Undo[] = []
  const calls = new Map<string, number>()
  /** Ends waits; and asks steps to stop. */
  const [either, stop] = [
    AbortSignal.any([cancelled, released]),
    AbortSignal.any([cancelled, lost]),
  ]
  const interrupt = (): void => {
    released.throwIfAborted()
    cancelled.throwIfAborted()
  }
  /** The message that users see of an error of a step. */
  const report = (step: string, thrown: unknown, fields: object = {}): string =>
    faults.report(thrown, { what: 'step', runId: run.id, workflow: run.name, step, ...fields })
  /** The number of calls with this name, from 1. */
  const count = (name: string): number => {
    const times = (calls.get(name) ?? 0) + 1
    calls.set(name, times)
    return times
  }
  const claimName = (name: string): number => {
    checkStepName(name)
    if (count(`step/${name}`) > 1) {
      throw new TypeError(
        `The step ${name} was called twice in one run: give each call a name of its own`,
      )
    }
    return calls.size
  }
  /**
   * The stored result of a key, or the result of `work`. Rejects when nothing may begin any more.
   */
  const once = async (key: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    const known = memory.recall(key)
    if (known) return known
    interrupt()
    return memory.remember(key, work)
  }
  const doOnce = async (name: string, work: () => Promise<Outcome | null>): Promise<Outcome> => {
    const outcome = await once(`step/${name}`, async () => {
      board.began(name)
      try {
        return (await work()) ?? interrupted(either)
      } catch (error) {
        // Another worker continues it: until then it is shown as running.
        if (!released.aborted) board.ended(name, endOf(error, cancelled), report(name, error))
        throw error
      }
    })
    board.ended(name, outcome.ok ? 'completed' : 'failed', outcome.ok ? null : outcome.error)
    return outcome
  }
  const doStep = async (
    name: string,
    work: (context: StepContext) => unknown,
    options: AnyStepOptions,
  ): Promise<unknown> => {
    const order = claimName(name)
    checkStepOptions(options)
    const { retry = { attempts: 1 }, timeout, optional } = options
    const key = `${run.id}/step/${name}`
    const failed = (error: string): void => board.retrying(name, error)
    const reportTry: Tries['report'] = (thrown, attempt, isTriedAgain) =>
      report(name, thrown, { attempt, isTriedAgain })
    const outcome = await doOnce(name, () =>
      tryStep({
        key,
        run: work,
        retry,
        timeout,
        signal: stop,
        released,
        report: reportTry,
        failed,
      }),
    )
    if (!outcome.ok) {
      if (optional) return undefined
      throw stepFailed(name, outcome)
    }
    done(name, order, outcome.value, options)
    return outcome.value
  }
  /** Adds the undo of a finished step, if it has one. */
  const done = (
    name: string,
    order: number,
    value: unknown,
    { compensate, retry = undoRetry }: AnyStepOptions,
  ): void => {
    if (compensate) undos.push({ order, name, retry, undo: (ctx) => compensate(value, ctx) })
  }
  const doBranch = async (branch: Branch): Promise<unknown> => {
    if (branch.type === 'step') return doStep(branch.name, branch.run, branch.options)
    const { name, compensate } = branch
    const order = claimName(name)
    const outcome = await doOnce(name, () => execution.awaitChild(branch))
    if (!outcome.ok) throw stepFailed(name, outcome)
    done(name, order, outcome.value, compensate ? { compensate } : {})
    return outcome.value
  }
  /** When a wait that begins now is over: the same whenever it is asked again. */
  const deadline = async (name: string, ms: number): Promise<number> => {
    // Another worker with another clock may go on with the wait.
    const outcome = await once(`until/${name}`, async () => {
      return { ok: true, value: (await execution.now()) + ms }
    })
    return outcome.ok ? Number(outcome.value) : 0
  }
  const doWait = async (
    name: string,
    event: string | null,
    work: () => Promise<Outcome | null>,
  ): Promise<Outcome> => {
    const shown = event ?? name
    const outcome = await once(`wait/${name}`, async () => {
      board.waits(shown, event)
      const outcome = await work()
      if (outcome) return outcome
      const { reason } = either
      if (!released.aborted) board.waited(shown, endOf(reason, cancelled), report(shown, reason))
      return interrupted(either)
    })
    board.waited(shown, outcome.ok ? 'completed' : 'failed', outcome.ok ? null : outcome.error)
    return outcome
  }
  const doBranches = async (branches: readonly Branch[]): Promise<unknown[]> => {
    const settled = await Promise.allSettled(branches.map(doBranch))
    interrupt()
    const failed = settled.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    return settled.map((result) => (result as { value: unknown }).value)
  }
  const doSleep = async (ms: number): Promise<void> => {
    const name = `sleep#${count('sleep')}`
    const untilMs = await deadline(name, ms)
    await doWait(name, null, async () => {
      await execution.awaitTime(untilMs, either)
      return either.aborted ? null : { ok: true, value: null }
    })
  }
  const doWaitFor = async (event: string, { timeout }: { timeout?: number }): Promise<unknown> => {
    checkEventName(event)
    const name = `${event}#${count(`wait/${event}`)}`
    const untilMs = timeout === undefined ? null : await deadline(name, timeout)
    const outcome = await doWait(name, event, async () => {
      const came = await execution.awaitEvent(event, name, untilMs, either)
      if (came) return { ok: true, value: came.payload }
      if (either.aborted) return null
      return { ok: false, error: `The event ${event} did not come within ${timeout} ms` }
    })
    if (outcome.ok) return outcome.value
    throw new EventTimedOut(event, outcome.error)
  }
  const context: WorkflowContext = {
    id: run.id,
    attempt: run.attempt,
    owner: run.owner,
    signal: stop,
    step: (name: string, work: (context: StepContext) => unknown, options = {}) =>
      handled(doStep(name, work, options as AnyStepOptions)) as never,
    parallel: (branches: readonly Branch[]) => handled(doBranches(branches)) as never,
    sleep: (ms) => handled(doSleep(ms)),
    waitFor: (event, options = {}) => handled(doWaitFor(event, options)) as never,
    progress(first: unknown, message?: string) {
      const refuse = (why: string): void => {
        execution.logger.warn({ runId: run.id, workflow: run.name }, why)
      }
      board.reports(toReport(first, message, refuse))
    },
  }
  return { context, undos }
}

function interrupted({ reason }: AbortSignal): never {
  throw reason
}

function stepFailed(step: string, { error, cause }: Outcome & { ok: false }): StepFailed {
  return new StepFailed(step, error, { cause: new Error(cause ?? error) })
}
