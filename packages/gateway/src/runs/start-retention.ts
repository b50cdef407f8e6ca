import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { EngineConnection } from '../engines/engine.ts'
import { inBackground } from '../handled.ts'
import { allKeptDays, describeRetention } from './kept-days.ts'
import { firstPlace, type Removal, removeEnded, type WalkPlace } from './remove-ended.ts'

/** The parts that keep to a retention. */
export interface RetentionWork extends Omit<Removal, 'pause' | 'logsStay'> {
  engine: Pick<EngineConnection, 'clean'>
  logger: Logger
}

/** The times of a retention, in milliseconds. */
export interface RetentionTimes {
  everyMs: number
  /** The interval at which the queue is cleaned of ended tasks. */
  cleanMs: number
  /** The interval at which all ended runs are looked at again: some could not be removed before. */
  anewMs: number
}

const retentionTimes: RetentionTimes = {
  everyMs: 60_000,
  cleanMs: 3_600_000,
  anewMs: 86_400_000,
}

/** The least pause between two pages, in milliseconds. */
const leastPauseMs = 20

/**
 * The least age of an ended task that is cleaned off its queue, and the most, in milliseconds: a
 * run whose end was not recorded is compared with its task before.
 */
const [leastTaskMs, mostTaskMs] = [3_600_000, 86_400_000]

const dayMs = 86_400_000

/** Removes ended runs once their time is over, a little at a time. Logs what it will do. */
export function startRetention(
  work: RetentionWork,
  { everyMs, cleanMs, anewMs }: RetentionTimes = retentionTimes,
): { close(): void } {
  const { retention, engine, logger } = work
  const allDays = allKeptDays(retention)
  logger.info(describeRetention(retention) ?? 'ended runs are kept for ever')
  const [shortest] = allDays
  if (shortest === undefined) return { close: () => undefined }

  /** By the days, where the last walk ended. */
  const places = new Map<number, WalkPlace>()
  const controller = new AbortController()
  const { signal } = controller
  let beganMs = performance.now()
  let cleanedMs = Number.NEGATIVE_INFINITY
  let isWalking = false
  let isToldOfLogs = false
  const logsStay = (error: unknown): void => {
    if (isToldOfLogs) return
    isToldOfLogs = true
    logger.warn({ err: error }, 'ended workflows stay: their logs could not be removed')
  }
  // It takes no more than half of one connection.
  const pause = (tookMs: number) => wait(Math.max(leastPauseMs, tookMs), undefined, { signal })
  const walk = async (): Promise<void> => {
    if (isWalking) return
    isWalking = true
    if (performance.now() - beganMs >= anewMs) {
      beganMs = performance.now()
      places.clear()
    }
    const failures: unknown[] = []
    const attempt = async (part: () => Promise<unknown>): Promise<void> => {
      if (!signal.aborted) await part().catch((error: unknown) => failures.push(error))
    }
    for (const days of allDays) {
      await attempt(async () => {
        const from = places.get(days) ?? firstPlace
        places.set(days, await removeEnded({ ...work, logsStay, pause }, days, from))
      })
    }
    if (performance.now() - cleanedMs >= cleanMs) {
      cleanedMs = performance.now()
      await attempt(async () =>
        engine.clean?.(Math.max(leastTaskMs, Math.min(mostTaskMs, shortest * dayMs))),
      )
    }
    if (failures.length > 0 && !signal.aborted) {
      logger.warn({ err: failures[0] }, 'ended runs could not be removed; trying again later')
    }
    isWalking = false
  }
  const walkInBackground = (): void => inBackground(walk(), logger, 'ended runs stay')
  walkInBackground()
  const timer = setInterval(walkInBackground, everyMs).unref()
  return {
    close() {
      controller.abort()
      clearInterval(timer)
    },
  }
}
