import { jobKind } from '../kinds/job-kind.ts'
import type { AnyRunView, RunKind } from '../kinds/run-kind.ts'
import { workflowKind } from '../kinds/workflow-kind.ts'
import type { ListedRun } from '../protocol/runs-page.ts'
import { isReady } from '../registry/sync-changes.ts'
import { isSameJson } from '../state/same-json.ts'
import type { Coding } from '../tracking/coding.ts'
import type { RunHandle } from '../tracking/handle.ts'
import { TrackedRun } from '../tracking/tracked-run.ts'
import type { Tracking } from '../tracking/tracking.ts'
import type { AnyRunRow } from './run-row.ts'

/** One run of a list. It shares the state of the run with all other handles of the page. */
export class ListRow {
  private readonly tracking: Tracking
  private readonly handle: RunHandle<AnyRunView, unknown>
  private row: AnyRunRow
  private leave: (() => void) | null = null

  constructor(tracking: Tracking, run: ListedRun, coding: Coding | undefined) {
    this.tracking = tracking
    const { kind, id, name, title, tags, owner } = run
    const definition = { name, coding, run: kindOf(run) }
    this.handle = new TrackedRun(tracking, { definition, id, options: noOptions })
    const { cancel, retry } = this.handle
    const view = this.handle.getSnapshot()
    this.row = { kind, id, name, title, tags, owner, view, cancel, retry }
  }

  /** The row with the newest view: the same object until that or its labels change. */
  get current(): AnyRunRow {
    const view = this.handle.getSnapshot()
    if (view !== this.row.view) this.row = { ...this.row, view }
    return this.row
  }

  /** Takes the title, tags and owner of a newer list. */
  label({ title, tags, owner }: ListedRun): void {
    const { row } = this
    if (isSameJson([title, tags, owner], [row.title, row.tags, row.owner])) return
    this.row = { ...row, title, tags, owner }
  }

  /** Asks for the run once more if it looks ended: somebody has run it again. */
  reopen(): void {
    const { registry } = this.tracking
    const cell = registry.find(kindOf(this.row).toTarget(this.row.id))
    if (cell?.isDone) registry.refetch(cell)
  }

  /** Follows the run, until `unfollow()`. */
  follow(onChange: () => void): void {
    this.leave ??= this.handle.subscribe(onChange)
  }

  unfollow(): void {
    this.leave?.()
    this.leave = null
  }

  /** Resolves once the server has answered about the run. */
  ready(): Promise<void> {
    return this.handle.ready()
  }
}

const noOptions = {}

/** The code of a run's kind. */
export function kindOf({ kind }: Pick<ListedRun, 'kind'>): RunKind {
  return kind === 'job' ? jobKind : workflowKind
}

/** True once the server has answered about the run, or never will. */
export function isAnswered({ view }: AnyRunRow): boolean {
  return isReady(view)
}

/** False for a row without a state: the server has not answered, refuses it, or has no such run. */
export function hasState({ view }: AnyRunRow): boolean {
  return !view.loading && view.phase !== 'idle' && view.phase !== 'missing'
}
