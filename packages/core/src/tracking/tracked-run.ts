import { JobUnwatched } from '../errors.ts'
import type { BatchItem } from '../protocol/envelopes.ts'
import type { Api } from '../rpc/authorized-fetch.ts'
import { request } from '../rpc/request.ts'
import { followJob, type JobView, reduceJob } from '../state/job-state.ts'
import { type Fold, type RunEvent, toFold } from '../state/run-state.ts'
import { followWorkflow, reduceWorkflow, type WorkflowView } from '../state/workflow-state.ts'
import { tell } from '../store/store.ts'
import type { Coded } from './codec.ts'
import { Follower } from './follower.ts'
import type { RunHandle, RunOptions } from './handle.ts'
import { kinds, runItem } from './kinds.ts'
import { outcomeOf } from './outcome.ts'
import { createPersisted, type Persisted } from './persist.ts'
import type { Registry } from './registry.ts'
import { toHeadwayError } from './start.ts'

/** What handles are made of. */
export interface Tracking {
  api: Api
  registry: Registry
}

/** The views of both kinds of runs. */
export type AnyRunView = JobView<unknown> | WorkflowView<unknown>

/** How a run is tracked. */
export interface RunPlan {
  kind: 'job' | 'workflow'
  what: Coded
  /** Of a run that is there already. */
  id?: string | undefined
  /** Starts one and resolves with its id. */
  start?: () => Promise<string>
  options: RunOptions<AnyRunView, unknown>
}

/** The handle of a run that is there, or, with `start`, of one that is started now. */
export class TrackedRun extends Follower<AnyRunView> implements RunHandle<AnyRunView, unknown> {
  private readonly api: Api
  private readonly plan: RunPlan
  private id = ''
  private created: Promise<string> | null = null
  private awaited: Promise<unknown> | null = null
  private abandon: (() => void) | null = null
  private isOver = false

  constructor({ api, registry }: Tracking, plan: RunPlan) {
    super(registry, plan.what, firstView(plan))
    this.api = api
    this.plan = plan
    if (plan.start) {
      if (plan.options.lazy) return
      this.hold()
      void this.begin(plan.start)
    } else {
      const id = plan.id || this.persisted?.load()
      if (id) this.have(id)
    }
  }

  get result(): Promise<unknown> {
    this.awaited ??= this.awaitResult()
    return this.awaited
  }

  // Getters, so that a method still knows its handle after `const { cancel } = job`.
  get cancel(): (reason?: string) => Promise<void> {
    return (reason) => this.ask('cancel', reason === undefined ? {} : { reason })
  }

  get retry(): () => Promise<void> {
    return async () => {
      await this.ask('retry', {})
      this.awaited = null
    }
  }

  get retryStart(): () => Promise<void> {
    return async () => {
      const { start } = this.plan
      if (!start || (this.created && !this.look().startError)) return
      if (this.created) this.awaited = null
      await this.begin(start)
    }
  }

  get unsubscribe(): () => void {
    return () => {
      this.abandon?.()
      this.stop()
    }
  }

  protected toFold({ id }: BatchItem): Fold<AnyRunView> {
    const view = this.look()
    const shownId = 'jobId' in view ? view.jobId : view.workflowId
    // Watched again: what was shown last is where it goes on, or the screen would go backwards.
    if (shownId === id) return { ...toFold(view), newest: view.revision }
    return follow(this.plan.kind, id, this.created === null)
  }

  protected first(): AnyRunView {
    return firstView(this.plan)
  }

  protected override wanted(): void {
    const { start, options } = this.plan
    if (!start || !options.lazy || this.created) return
    const id = this.persisted?.load()
    if (!id) return void this.begin(start)
    this.created = Promise.resolve(id)
    this.have(id)
  }

  protected override changed(view: AnyRunView): void {
    const wasOver = this.isOver
    this.isOver = view.isDone && !view.startError
    const outcome = this.isOver && !wasOver ? outcomeOf(this.id, view, this.decode) : null
    if (!outcome) return
    const { onDone, onFail } = this.plan.options
    this.persisted?.forget(this.id)
    tell(() => {
      const shown = this.getSnapshot()
      if ('error' in outcome) onFail?.(outcome.error, shown)
      else onDone?.(outcome.output, shown)
    })
  }

  private get persisted(): Persisted | null {
    const { persist } = this.plan.options
    return persist === undefined ? null : createPersisted(this.api.options, persist)
  }

  private have(id: string): void {
    this.id = id
    this.follow(runItem(this.plan.kind, id))
  }

  private async begin(start: () => Promise<string>): Promise<void> {
    const { kind } = this.plan
    const starting = startingFold(kind)
    this.show(starting.view)
    this.created = start()
    const id = await this.created.catch((error: unknown) => {
      const failed = { type: 'startFailed', error: toHeadwayError(error) } as const
      this.show(reduce(kind, starting, failed).view)
      return null
    })
    if (id === null) return
    this.persisted?.save(id)
    this.have(id)
  }

  private awaitResult(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const outcome = outcomeOf(this.id, this.look(), this.decode)
        if (!outcome) return
        leave()
        if ('error' in outcome) reject(outcome.error)
        else resolve(outcome.output)
      }
      const leave = this.subscribe(check)
      this.abandon = () => {
        leave()
        reject(new JobUnwatched('unsubscribe() was called before the job ended; the job goes on'))
      }
      check()
    })
  }

  /** Asks the server to do something with the run; what it is then, it answers. */
  private async ask(verb: string, body: object): Promise<void> {
    const { kind, snapshotPath, parse } = kinds[this.plan.kind]
    const id = this.id || (await this.created)
    const path = id && snapshotPath(id)
    if (!path) return
    const { data } = await request(this.api, { method: 'POST', path: `${path}/${verb}`, body })
    const snapshot = parse(data, undefined)
    if (snapshot instanceof Error) return
    this.registry.dispatch(kind, id, { type: 'updated', snapshot })
    if (this.cell && !this.cell.isDone) this.registry.refetch(this.cell)
  }
}

/** What is shown before anything was asked of a server, and while a page hydrates. */
function firstView({ kind, start, id = '' }: RunPlan): AnyRunView {
  return start ? startingFold(kind).view : follow(kind, id, true).view
}

/** A run of which the id is known, or nothing. `loading`: the server has not said that it is there. */
function follow(kind: 'job' | 'workflow', id: string, loading: boolean): Fold<AnyRunView> {
  return kind === 'job' ? followJob(id, loading) : followWorkflow(id, loading)
}

function startingFold(kind: 'job' | 'workflow'): Fold<AnyRunView> {
  return reduce(kind, follow(kind, '', false), { type: 'started' })
}

function reduce(
  kind: 'job' | 'workflow',
  fold: Fold<AnyRunView>,
  event: Extract<RunEvent<never>, { type: 'started' | 'startFailed' }>,
): Fold<AnyRunView> {
  return kind === 'job'
    ? reduceJob(fold as Fold<JobView<unknown>>, event)
    : reduceWorkflow(fold as Fold<WorkflowView<unknown>>, event)
}
