import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import { CancelRequested } from '../errors.ts'
import { inBackground } from '../handled.ts'
import { type ListenSource, startListening } from '../postgres/listen.ts'
import type { Recorder } from './recorder.ts'

/** The cancellations of the runs of this process. */
export interface Cancellations {
  /**
   * The controller of a run's signal, until `forget`. A later attempt of the same run replaces it.
   */
  expect(runId: string): AbortController
  /** The run is executed in this process now. */
  expects(runId: string): boolean
  /** All that are executed here now. */
  expected(): string[]
  forget(runId: string, controller: AbortController): void
  /** Asks once more for runs that were expected only after they were taken. */
  recheck(runIds: string[]): void
  close(): void
}

/** The wait before a failed read of requests is repeated, in milliseconds. */
const readAgainMs = 500

/** Hears cancel requests of any process. Resolves once it listens. */
export async function createCancellations(
  source: ListenSource,
  recorder: Recorder,
  logger: Logger,
): Promise<Cancellations> {
  const active = new Map<string, AbortController>()
  let isClosed = false

  /** The runs to read next: there is one read at a time, and further runs wait for the next. */
  const named = new Set<string>()
  let isChecking = false

  const check = async (ids: string[]): Promise<void> => {
    for (const { id, reason } of await recorder.readCancelRequests(ids)) {
      active.get(id)?.abort(new CancelRequested(reason || 'cancelled'))
    }
  }
  const checkNamed = async (): Promise<void> => {
    isChecking = true
    while (named.size > 0 && !isClosed) {
      const ids = [...named].filter((id) => active.has(id))
      named.clear()
      if (ids.length === 0) continue
      await check(ids).catch(async (error: unknown) => {
        if (isClosed) return
        logger.warn({ err: error }, 'cancel requests could not be read; reading them again')
        for (const id of ids) named.add(id)
        await wait(readAgainMs, undefined, { ref: false })
      })
    }
    isChecking = false
  }
  const recheck = (ids: readonly string[]): void => {
    for (const id of ids) named.add(id)
    if (!isChecking) inBackground(checkNamed(), logger, 'cancel requests could not be read')
  }
  const subscription = await startListening(
    source,
    ['headway_cancel'],
    {
      notification(_, runId) {
        if (active.has(runId)) recheck([runId])
      },
      // A request that came while it did not listen is also in the row.
      listening: () => recheck([...active.keys()]),
      lost: (error) => logger.warn({ err: error }, 'the listener for cancel requests was lost'),
    },
    { isQuiet: () => active.size === 0 },
  )

  return {
    expect(runId) {
      const controller = new AbortController()
      active.set(runId, controller)
      return controller
    },
    expects: (runId) => active.has(runId),
    expected: () => [...active.keys()],
    forget(runId, controller) {
      // A worker that was taken for dead may still run one attempt while it runs the next.
      if (active.get(runId) === controller) active.delete(runId)
    },
    recheck,
    close() {
      isClosed = true
      subscription.unsubscribe()
    },
  }
}
