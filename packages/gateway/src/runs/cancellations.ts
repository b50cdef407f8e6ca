import type { Logger } from 'pino'
import { CancelRequested } from '../errors.ts'
import { listen } from '../postgres/listen.ts'
import type { Recorder } from './recorder.ts'

/** The runs of this process that somebody may ask to stop. */
export interface Cancellations {
  /** The controller of a run's signal, until `forget`. A later attempt of the same run supersedes it. */
  expect(runId: string): AbortController
  forget(runId: string, controller: AbortController): void
  /** Asks once more for runs that were expected only after they were taken. */
  recheck(runIds: string[]): void
  close(): void
}

/** How long to wait before requests that could not be read are read again, in milliseconds. */
const readAgainMs = 500

/** Hears cancel requests of any process. Resolves once it listens. */
export async function createCancellations(
  database: string,
  recorder: Recorder,
  logger: Logger,
): Promise<Cancellations> {
  const active = new Map<string, AbortController>()
  let isClosed = false

  const check = async (ids: string[]): Promise<void> => {
    if (ids.length === 0) return
    for (const { id, reason } of await recorder.readCancelRequests(ids)) {
      active.get(id)?.abort(new CancelRequested(reason || 'cancelled'))
    }
  }
  const checkUntilRead = (ids: string[]): void => {
    check(ids).catch((error: unknown) => {
      if (isClosed) return
      logger.warn({ err: error }, 'cancel requests could not be read; reading them again')
      setTimeout(() => checkUntilRead(ids.filter((id) => active.has(id))), readAgainMs).unref()
    })
  }
  const heard$ = listen(database, ['headway_cancel'], (error) =>
    logger.warn({ err: error }, 'the listener for cancel requests was lost'),
  )
  const subscription = await new Promise<{ unsubscribe(): void }>((resolve) => {
    const current = heard$.subscribe((heard) => {
      if (heard.type === 'listening') {
        // A request that came while nobody listened is in the row all the same.
        checkUntilRead([...active.keys()])
        resolve(current)
      } else if (active.has(heard.payload)) {
        checkUntilRead([heard.payload])
      }
    })
  })

  return {
    expect(runId) {
      const controller = new AbortController()
      active.set(runId, controller)
      return controller
    },
    forget(runId, controller) {
      // A worker that was taken for dead may still run one attempt while it runs the next.
      if (active.get(runId) === controller) active.delete(runId)
    },
    recheck: checkUntilRead,
    close() {
      isClosed = true
      subscription.unsubscribe()
    },
  }
}
