import { type HeadwayError, RpcError } from '../errors.ts'
import {
  defaultListedRuns,
  maxListedRuns,
  type RunsRequest,
  runsQuery,
} from '../protocol/runs-page.ts'
import type { QueryView } from '../state/query-state.ts'
import type { Tracking } from '../tracking/tracking.ts'
import { type QueryHandle, watch } from '../tracking/watch.ts'
import { capabilityOf } from './runs-filter.ts'

/**
 * The live query that says which runs a list has. To show more of them it watches a wider query,
 * and leaves the narrower one once that is answered.
 */
export class ListMembers {
  private readonly tracking: Tracking
  private readonly request: RunsRequest
  private limit: number
  private query: QueryHandle<unknown>
  private wider: QueryHandle<unknown> | null = null
  private onChange: (() => void) | null = null
  private leave: (() => void)[] = []
  private refused: { error: HeadwayError; shown: HeadwayError } | null = null

  constructor(tracking: Tracking, request: RunsRequest) {
    this.tracking = tracking
    this.request = request
    this.limit = request.limit ?? defaultListedRuns
    this.query = watch(tracking, { name: runsQuery }, request)
  }

  /** True if a wider query may be watched. */
  get canGrow(): boolean {
    return this.limit < maxListedRuns
  }

  /** The newest result. */
  get current(): QueryView<unknown> {
    const { wider } = this
    if (wider && !wider.getSnapshot().loading) {
      this.query = wider
      this.wider = null
      this.follow(this.onChange)
    }
    const view = this.query.getSnapshot()
    return view.error ? { ...view, error: this.toShown(view.error) } : view
  }

  /** True while the answer of a wider query is under way. */
  get isGrowing(): boolean {
    return this.wider !== null
  }

  /** Watches the queries, until it is called with `null`. */
  follow(onChange: (() => void) | null): void {
    const before = this.leave
    this.onChange = onChange
    const queries = onChange ? [this.query, ...(this.wider ? [this.wider] : [])] : []
    // First the new ones: a query that goes on keeps its registration.
    this.leave = queries.map((query) => query.subscribe(onChange ?? nothing))
    for (const leave of before) leave()
  }

  /** Asks for one more page. */
  grow(): void {
    const { limit: page = defaultListedRuns } = this.request
    this.limit = Math.min(this.limit + page, maxListedRuns)
    const request = { ...this.request, limit: this.limit }
    this.wider = watch(this.tracking, { name: runsQuery }, request)
    this.follow(this.onChange)
  }

  ready(): Promise<void> {
    return this.query.ready()
  }

  /** An older server refuses the query as unknown. */
  private toShown(error: HeadwayError): HeadwayError {
    const { capability, what } = capabilityOf(this.request)
    const isOffered = this.tracking.transport.capabilities.has(capability) !== false
    if (isOffered || (error instanceof RpcError && error.code === 'UNAUTHORIZED')) return error
    if (this.refused?.error !== error) {
      const message = `This server has no ${what}: it does not offer "${capability}"`
      const shown = new RpcError(message, { code: 'UNSUPPORTED' }, { cause: error })
      this.refused = { error, shown }
    }
    return this.refused.shown
  }
}

const nothing = (): void => undefined
