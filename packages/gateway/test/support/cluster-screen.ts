import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises'
import {
  ClientClosed,
  createClient,
  type JobView,
  type QueryHandle,
  type QueryView,
  type RunHandle,
  StartFailed,
  type Store,
  type Sync,
  type WorkflowView,
} from '@headway/core'
import { names, teams } from './cluster-app.ts'
import { type CountedFetch, countFetch } from './counted-fetch.ts'
import { orderOfCount, orderOfRun } from './view-order.ts'

/** A page of one user: a client whose user starts one job and one workflow after the other. */
export interface Screen {
  readonly requests: CountedFetch
  /** Why its streams were lost, in order. */
  readonly losses: readonly string[]
  /** What it has shown although it cannot be. */
  readonly wrong: readonly string[]
  /** The number of runs whose end it has shown, its neighbour's included. */
  ends(): number
  /** The `sync` of everything on it that has not ended. */
  syncs(): Sync[]
  /** Its query over all teams. */
  total(): QueryView<number>
  /** Shows a neighbour's job, too. */
  show(jobId: string): void
  /** Starts nothing more, and resolves once everything that it shows has ended. */
  finish(): Promise<void>
  close(): void
}

/** Options of {@link openScreen}. */
export interface ScreenOptions {
  url: string
  /** The number of the screen. It decides the teams and the lengths of its jobs. */
  number: number
  fetch: typeof fetch
  /** Called after each start of a job. */
  onStarted: (jobId: string) => void
  /** Called when something is shown, refused or lost. */
  onNews: () => void
}

type View = JobView<unknown> | WorkflowView<unknown>

/** Opens a screen, which begins to start runs at once. */
export function openScreen({ url, number, fetch, onStarted, onNews }: ScreenOptions): Screen {
  const requests = countFetch(fetch, onNews)
  // A request that a stopped gateway holds back is sent again soon.
  const client = createClient({ url, fetch: requests.fetch, callTimeoutMs: 10_000 })
  const shown = new Set<{ getSnapshot(): { sync: Sync; isDone?: boolean } }>()
  const losses: string[] = []
  const wrong: string[] = []
  const report = (what: string): void => {
    wrong.push(`screen ${number}: ${what}`)
    onNews()
  }
  let ends = 0
  let isOver = false

  const look = <V>(handle: Store<V>, check: (view: V) => void): (() => void) => {
    const leave = handle.subscribe(() => {
      check(handle.getSnapshot())
      onNews()
    })
    check(handle.getSnapshot())
    return leave
  }
  /** Shows a run from now to its end. */
  const showRun = async <V extends View>(handle: RunHandle<V, unknown>): Promise<void> => {
    shown.add(handle)
    const leave = look(handle, orderOfRun(report))
    await untilEnd(handle)
    leave()
    shown.delete(handle)
    ends += 1
    onNews()
  }
  const untilEnd = async (handle: RunHandle<View, unknown>): Promise<void> => {
    const error: unknown = await handle.result.then(
      () => null,
      (error) => error,
    )
    if (error === null || error instanceof ClientClosed) return
    if (!(error instanceof StartFailed)) return report(String(error))
    // The user reads it, and presses the button again.
    await wait(500)
    await handle.retryStart()
    return untilEnd(handle)
  }
  const watch = (name: string, query: QueryHandle<number>): (() => void) => {
    shown.add(query)
    const leave = look(query, orderOfCount(name, report))
    return () => {
      shown.delete(query)
      leave()
    }
  }
  /** Each job has another team, whose count is shown as long as the job runs. */
  const runJobs = async (): Promise<void> => {
    for (let count = 0; !isOver; count += 1) {
      const team = (number + count) % teams
      const leave = watch(`ended of ${team}`, client.watch(names.endedOf, { team }))
      const job = client.start(names.import, { team, steps: 3 + ((number + 3 * count) % 8) })
      const tell = job.subscribe(() => {
        const { jobId } = job.getSnapshot()
        if (jobId) queueMicrotask(tell)
        if (jobId) onStarted(jobId)
      })
      await showRun(job)
      leave()
    }
  }
  const runWorkflows = async (): Promise<void> => {
    for (let count = 0; !isOver; count += 1) {
      await showRun(client.start(names.publish, { title: `${number}/${count}` }))
    }
  }
  /** Without a stream nothing may be shown as live. */
  const checkConnection = async (): Promise<void> => {
    const state = client.connection.getSnapshot()
    if (state.status !== 'waiting') return
    losses.push(state.reason)
    await nextTurn()
    if (client.connection.getSnapshot() === state && syncs().some(isLive)) {
      report(`is live without a stream: ${state.reason}`)
    }
    onNews()
  }
  const syncs = (): Sync[] =>
    [...shown].flatMap((store) => {
      const { sync, isDone } = store.getSnapshot()
      return isDone ? [] : [sync]
    })

  client.connection.subscribe(() => void checkConnection())
  const total = client.watch(names.ended)
  watch('ended', total)
  const neighbours: Promise<void>[] = []
  const running = [runJobs(), runWorkflows()]
  return {
    requests,
    losses,
    wrong,
    ends: () => ends,
    syncs,
    total: total.getSnapshot,
    show: (jobId) => void neighbours.push(showRun(client.attach(names.import, jobId))),
    async finish() {
      isOver = true
      await Promise.all(running)
      await Promise.all(neighbours)
    },
    close: client.close,
  }
}

const isLive = ({ status }: Sync): boolean => status === 'live'
