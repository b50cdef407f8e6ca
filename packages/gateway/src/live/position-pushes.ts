import type { Logger } from 'pino'
import type { Run } from '../runs/run-store.ts'
import { createPositions, type Positions, type ReadPositions } from './positions.ts'
import type { RunRegistration } from './registration.ts'
import { createRunFrames } from './run-frames.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Places in queues, pushed to the registrations of our clients. */
export function createPositionPushes(
  subscriptions: Subscriptions<RunRegistration>,
  read: ReadPositions,
  logger: Logger,
): Positions {
  const push = async (run: Run): Promise<void> => {
    const frameOf = createRunFrames(run)
    for (const registration of subscriptions.of(run.id)) {
      if (registration.dialect !== 'headway' || !(await registration.mayRead(run))) continue
      // It may have ended, or have been sent a newer state, meanwhile.
      if (!subscriptions.has(run.id, registration) || !registration.gate.isAt(run.revision))
        continue
      const frame = frameOf(registration)
      if (frame !== null) registration.outbox.send(registration.target, frame)
    }
  }
  return createPositions({
    read,
    isWanted: (runId) => [...subscriptions.of(runId)].some(({ dialect }) => dialect === 'headway'),
    moved(run) {
      push(run).catch((error: unknown) => {
        logger.debug({ err: error, runId: run.id }, 'a place in a queue could not be pushed')
      })
    },
    logger,
  })
}
