import type { Logger } from 'pino'

/** The polling of the DBOS of this process. */
export interface DbosPolling {
  /** Call it before the launch. */
  slow(): void
  /** Call it after the launch: no queue is polled from then on. */
  stop(): void
  /** Makes it as it was, for a DBOS that the application launches later. */
  restore(): void
}

/** The interval of polls that DBOS does not need for us, in milliseconds. */
export const pollingIntervalMs = 3_600_000

/**
 * DBOS asks the database several times a second for workflows in its queues, and for those that
 * have exceeded a time limit. Ours are in no queue and have no limit. The entry points are
 * internal; without them DBOS works, and polls.
 */
export async function findPolling(logger: Logger): Promise<DbosPolling> {
  try {
    const [{ wfQueueRunner }, { workflowTimeoutConfig }] = await Promise.all([
      import('@dbos-inc/dbos-sdk/internal/wfqueue'),
      import('@dbos-inc/dbos-sdk/internal/workflow_management'),
    ])
    const before = workflowTimeoutConfig.pollingIntervalMs
    return {
      slow() {
        workflowTimeoutConfig.pollingIntervalMs = pollingIntervalMs
      },
      stop: () => wfQueueRunner.stop(),
      restore() {
        workflowTimeoutConfig.pollingIntervalMs = before
      },
    }
  } catch (error) {
    logger.warn({ err: error }, 'this DBOS polls its queues: it asks the database every second')
    const nothing = (): void => undefined
    return { slow: nothing, stop: nothing, restore: nothing }
  }
}
