import type { Logger } from 'pino'
import { authorizeMs } from '../access/authorize.ts'
import type { Run } from '../runs/run-store.ts'
import { within } from '../within.ts'
import { createPositions, type Positions, type ReadPositions } from './positions.ts'
import type { RunRegistration } from './registration.ts'
import { createRunFrames, type FrameOf } from './run-frames.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Places in queues, pushed to the registrations of our clients. */
export function createPositionPushes(
  subscriptions: Subscriptions<RunRegistration>,
  read: ReadPositions,
  logger: Logger,
): Positions {
  const push = async (registration: RunRegistration, run: Run, frameOf: FrameOf): Promise<void> => {
    const mayRead = registration.mayRead(run)
    const may =
      typeof mayRead === 'boolean' ? mayRead : await within(authorizeMs, mayRead, 'authorize')
    // It may have ended, or have been sent a newer state, meanwhile.
    const isDue = subscriptions.has(run.id, registration) && registration.gate.isAt(run.revision)
    // A newer place is pushed by itself.
    if (!may || !isDue || positions.place(run).position !== run.position) return
    const frame = frameOf(registration)
    if (frame !== null) registration.outbox.send(registration.target, frame)
  }
  const positions = createPositions({
    read,
    isWanted: (runId) => [...subscriptions.of(runId)].some(({ dialect }) => dialect === 'headway'),
    moved(run) {
      const frameOf = createRunFrames(run)
      for (const registration of subscriptions.of(run.id)) {
        if (registration.dialect !== 'headway') continue
        push(registration, run, frameOf).catch((error: unknown) => {
          logger.debug({ err: error, runId: run.id }, 'a place in a queue could not be pushed')
        })
      }
    },
    logger,
  })
  return positions
}
