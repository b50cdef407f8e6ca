import type { Observable } from 'rxjs'
import { ProtocolError } from '../errors.ts'
import { type ListedRun, parseRunsPage, type RunsPage } from '../protocol/runs-page.ts'
import type { Sync } from '../state/sync.ts'
import { createStore, type Store, toObservable } from '../store/store.ts'
import type { Coding } from '../tracking/coding.ts'
import type { Tracking } from '../tracking/tracking.ts'
import { ListMembers } from './list-members.ts'
import { hasState, isAnswered, ListRow } from './list-row.ts'
import type { AnyRunRow, RunRow } from './run-row.ts'
import { createCodings, type RunsFilter, toRunsRequest } from './runs-filter.ts'
import { idleRuns, type RunsView, toNextView } from './runs-view.ts'

/** One watched list of runs. It is live while a listener subscribes. */
export interface RunsHandle<TRow = RunRow> extends Store<RunsView<TRow>> {
  /** Emits the view, then each change. Never completes, never errors: errors are in the view. */
  readonly state$: Observable<RunsView<TRow>>
  /**
   * Resolves once the list and the states of its runs are there, or a refusal. They are followed
   * until then and for half a minute longer.
   */
  ready(): Promise<void>
  /**
   * Shows one more page of older runs, up to 200 runs in all. Does nothing without `hasMore`, and
   * while a page is under way.
   */
  loadMore(): void
  /** Stops watching. A later subscriber watches again. A second call does nothing. */
  unsubscribe(): void
}

/**
 * The handle of one list.
 *
 *   members: a live query of ids ──► rows: one followed run per id ──► view
 *
 * A member enters the view with the first state of its run, and leaves it when the query says so.
 * Changes of one turn make one view, however many rows they are of.
 */
export class WatchedRuns implements RunsHandle<AnyRunRow> {
  readonly getSnapshot: () => RunsView<AnyRunRow>
  readonly subscribe: (listener: () => void) => () => void
  readonly loadMore: () => void
  readonly unsubscribe: () => void
  readonly ready: () => Promise<void>
  private readonly tracking: Tracking
  private readonly members: ListMembers
  private readonly codingOf: (run: ListedRun) => Coding | undefined
  /** The view that the listeners know. */
  private readonly told = createStore<RunsView<AnyRunRow>>(idleRuns)
  private view: RunsView<AnyRunRow> = idleRuns
  /** By kind, id and name. */
  private rows = new Map<string, ListRow>()
  private data: unknown = null
  private page: RunsPage | ProtocolError | null = null
  private isLoading = true
  private isLoadingMore = false
  private listeners = 0
  private isWatched = false
  private isDue = false

  constructor(tracking: Tracking, filter: RunsFilter) {
    this.tracking = tracking
    this.members = new ListMembers(tracking, toRunsRequest(filter))
    this.codingOf = createCodings(filter)
    this.getSnapshot = () => (this.isWatched ? this.view : this.toView())
    this.subscribe = (listener) => this.addListener(listener)
    this.loadMore = () => this.grow()
    this.unsubscribe = () => {
      this.unwatch()
      this.told.set(this.toView())
    }
    this.ready = async () => {
      await this.members.ready()
      this.getSnapshot()
      await Promise.all([...this.rows.values()].map((row) => row.ready()))
    }
  }

  get getServerSnapshot(): () => RunsView<AnyRunRow> {
    return () => idleRuns
  }

  get state$(): Observable<RunsView<AnyRunRow>> {
    return toObservable(this)
  }

  private addListener(listener: () => void): () => void {
    this.watch()
    const stop = this.told.subscribe(listener)
    this.listeners += 1
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      stop()
      this.listeners -= 1
      if (this.listeners === 0) this.unwatch()
    }
  }

  private watch(): void {
    if (this.isWatched) return
    this.isWatched = true
    this.members.follow(this.onChange)
    // The data may be the same as before: then no row is new, and all were left.
    for (const row of this.rows.values()) row.follow(this.onChange)
    this.told.set(this.toView())
  }

  private unwatch(): void {
    this.isWatched = false
    this.members.follow(null)
    for (const row of this.rows.values()) row.unfollow()
  }

  /** Each row of a frame calls it, and one view has them all. */
  private readonly onChange = (): void => {
    if (this.isDue) return
    this.isDue = true
    queueMicrotask(() => {
      this.isDue = false
      if (this.isWatched) this.told.set(this.toView())
    })
  }

  private grow(): void {
    if (!this.view.hasMore || this.isLoading || this.isLoadingMore) return
    this.isLoadingMore = true
    this.members.grow()
    this.onChange()
  }

  /** The view of what is known now. The same object until it changes. */
  private toView(): RunsView<AnyRunRow> {
    const { loading, data, error, sync } = this.members.current
    if (data !== null && data !== this.data) this.setData(data)
    const { page } = this
    const isPage = page !== null && !(page instanceof ProtocolError)
    const rows = [...this.rows.values()].map((row) => row.current)
    const isComplete = !loading && rows.every(isAnswered)
    if (isComplete) this.isLoading = false
    if (isComplete && !this.members.isGrowing) this.isLoadingMore = false
    this.view = toNextView(this.view, {
      runs: this.isLoading ? [] : rows.filter(hasState),
      hasMore: isPage && page.next !== null && this.members.canGrow,
      loading: this.isLoading,
      loadingMore: this.isLoadingMore,
      error: error ?? (isPage ? null : page),
      sync: this.isLoading ? toUnanswered(sync) : sync,
    })
    return this.view
  }

  private setData(data: unknown): void {
    this.data = data
    const page = parseRunsPage(data)
    this.page = page
    if (!(page instanceof ProtocolError)) this.setRuns(page.runs)
  }

  /** Keeps the rows that go on, in the order of `runs`. */
  private setRuns(runs: readonly ListedRun[]): void {
    const before = this.rows
    this.rows = new Map()
    for (const run of runs) {
      // With another name, another definition may read its output.
      const key = `${run.kind} ${run.id} ${run.name}`
      const row = before.get(key) ?? new ListRow(this.tracking, run, this.codingOf(run))
      row.label(run)
      if (!run.ended) row.reopen()
      this.rows.set(key, row)
      before.delete(key)
    }
    // All in one turn: they are registered together.
    if (this.isWatched) for (const row of this.rows.values()) row.follow(this.onChange)
    for (const row of before.values()) row.unfollow()
  }
}

/** The sync of a list that has its members, but not all their states: it is not live yet. */
function toUnanswered(sync: Sync): Sync {
  return sync.status === 'refused' ? sync : { ...sync, status: 'connecting' }
}
