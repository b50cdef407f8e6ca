import { isRecord, parseJson } from '@headway/core/protocol'
import type { Logger } from 'pino'
import type { Principal } from '../access/principal.ts'
import { inBackground } from '../handled.ts'
import type { Database } from '../postgres/pools.ts'
import { sql } from '../sql.ts'

/** A request about a session, as one gateway leaves it for another. */
export interface LeftRequest {
  sessionId: string
  /** `register` makes registrations, `unregister` ends some. */
  action: 'register' | 'unregister'
  /** The items of a batch, still unchecked. */
  items: readonly Record<string, unknown>[]
  /** The number of the request within its session; `null` without one. */
  seq: number | null
  /** The sender, whom the request has proved. */
  principal: Principal | null
}

/**
 * Requests that reach another gateway than the one with their session. They are rows, and a
 * notification is only a hint to take them.
 */
export interface LeftRequests {
  /** The channel on which this gateway is notified. */
  readonly channel: string
  /**
   * Leaves a request. Resolves with `gone` when that gateway does not live any more, and with
   * `full` when it has not taken what is there: a later request may find room.
   *
   * @param isLenient a gateway that has not renewed its lease may live, too
   */
  leave(
    gateway: number,
    request: LeftRequest,
    isLenient: boolean,
  ): Promise<'left' | 'gone' | 'full'>
  /** Something may have been left for this gateway: takes it, once. */
  take(): void
  close(): void
}

/** The most bytes that wait in the database, of one session and of all sessions of a gateway. */
const maxLeft = { session: 4 * 1_048_576, gateway: 64 * 1_048_576 }

/** The wait before a failed take is repeated, in milliseconds. */
const takeAgainMs = 500

/** The most that are taken at a time: a gateway that was paused may find any number. */
const mostTaken = 50

/**
 * The requests of one gateway.
 *
 * @param taken called with each request that was left for it, in their order, and its length in
 * characters
 */
export function createLeftRequests(
  database: Database,
  number: number,
  logger: Logger,
  taken: (request: LeftRequest, length: number) => void,
): LeftRequests {
  let isTaking = false
  let isAsked = false
  let isClosed = false
  /** The ids of what was handed on, and is still in the database. */
  let handedOn: string[] = []

  const takeAll = async (): Promise<void> => {
    isTaking = true
    while (isAsked && !isClosed) {
      isAsked = false
      try {
        const values = [number, mostTaken, handedOn]
        const { rows } = await database.query<Row>(sql('cluster/sql/take-requests'), values)
        handedOn = rows.map(({ id }) => id)
        // What was handed on is removed with the next look.
        if (rows.length > 0) isAsked = true
        for (const row of rows) if (!isClosed) handOn(row)
      } catch (error) {
        if (isClosed) break
        logger.warn({ err: error }, 'left requests could not be taken; taking them again')
        setTimeout(take, takeAgainMs).unref()
      }
    }
    isTaking = false
  }
  const handOn = (row: Row): void => {
    try {
      taken({ ...readRequest(row.request), sessionId: row.sessionId }, row.request.length)
    } catch (error) {
      logger.error({ err: error }, 'a left request could not be handled')
    }
  }
  const take = (): void => {
    isAsked = true
    if (!isTaking) inBackground(takeAll(), logger, 'left requests could not be taken')
  }
  return {
    channel: `headway_gateway_${number}`,
    async leave(gateway, { sessionId, ...request }, isLenient) {
      const { rows } = await database.query<{ lives: boolean; isLeft: boolean }>(
        sql('cluster/sql/leave-request'),
        [gateway, sessionId, JSON.stringify(request), isLenient, maxLeft.session, maxLeft.gateway],
      )
      if (rows[0]?.lives !== true) return 'gone'
      return rows[0].isLeft ? 'left' : 'full'
    },
    take,
    close() {
      isClosed = true
    },
  }
}

interface Row {
  id: string
  sessionId: string
  request: string
}

/** Only gateways write these rows, but perhaps those of a later version. */
function readRequest(text: string): Omit<LeftRequest, 'sessionId'> {
  const request = parseJson(text)
  if (!isRecord(request) || !Array.isArray(request.items)) throw new Error('it has no items')
  const { action } = request
  if (action === 'register' || action === 'unregister') {
    return request as unknown as Omit<LeftRequest, 'sessionId'>
  }
  throw new Error(`its action is unknown: ${JSON.stringify(action)}`)
}
