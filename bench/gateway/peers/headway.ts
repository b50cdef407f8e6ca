import pg from 'pg'
import { pino } from 'pino'
import { createCors } from '../../../packages/gateway/src/access/cors.ts'
import type { Membership } from '../../../packages/gateway/src/cluster/membership.ts'
import {
  createSessionNames,
  drawGatewayNumber,
} from '../../../packages/gateway/src/cluster/session-names.ts'
import { createFreshness } from '../../../packages/gateway/src/live/freshness.ts'
import { createLive } from '../../../packages/gateway/src/live/live.ts'
import { createLiveRuns } from '../../../packages/gateway/src/live/live-runs.ts'
import { createAnswerRoom } from '../../../packages/gateway/src/messages/answer-room.ts'
import { createBodyRoom } from '../../../packages/gateway/src/messages/body-room.ts'
import { noLateRuns } from '../../../packages/gateway/src/observe/late-runs.ts'
import { createMetrics } from '../../../packages/gateway/src/operations/metrics.ts'
import { resolveGatewayOptions } from '../../../packages/gateway/src/options/gateway-options.ts'
import { createReadTogether } from '../../../packages/gateway/src/runs/read-together.ts'
import { createRunStore, type Run } from '../../../packages/gateway/src/runs/run-store.ts'
import { createNodeHandler } from '../../../packages/gateway/src/servers/node.ts'
import { createDrain } from '../../../packages/gateway/src/streams/drain.ts'
import { createOutboxes } from '../../../packages/gateway/src/streams/outbox.ts'
import { createSessions } from '../../../packages/gateway/src/streams/sessions.ts'
import { toState, toUuid } from '../../state.ts'
import { endOfTurn, ownRunOf, type Peer } from './peer.ts'

/** Reads runs with the given number of changes. */
type ReadRuns = (ids: readonly string[], revision: number) => Promise<Run[]>

/** The gateway with runs in memory, since the other servers have no database either. */
export function headway(): Peer {
  return gatewayOver(async (ids, revision) => ids.map((id) => toRun(id, revision)))
}

/** The gateway with rows of a database. It counts their revision itself: no writer is measured. */
export function headwayOnRows(database: string): Peer {
  const store = createRunStore(new pg.Pool({ connectionString: database, max: 8 }))
  return gatewayOver(async (ids, revision) => {
    const runs = await store.read(ids)
    for (const run of runs) run.revision = revision
    return runs
  })
}

/** The real gateway: HTTP, sessions, registrations, hub and outboxes. */
function gatewayOver(readRuns: ReadRuns): Peer {
  let revision = 0
  let noteRead = (): void => undefined
  const store = {
    async read(ids: readonly string[]): Promise<Run[]> {
      const runs = await readRuns(ids, revision)
      noteRead()
      return runs
    },
    complete: async () => null,
  }
  const logger = pino({ level: 'silent' })
  const liveRuns = createLiveRuns(store, logger)
  const options = resolveGatewayOptions({
    database: 'postgresql://nobody@nowhere/none',
    engine: { name: 'none', queue: 'none', connect: unused },
    jobs: {},
    logger,
  })
  const sessions = createSessions(options)
  const gatewayNumber = drawGatewayNumber()
  const changes = { isListening: () => true, close: () => undefined }
  const freshness = createFreshness(sessions, async () => undefined)
  const membership: Membership = {
    isMember: () => true,
    hasOthers: () => false,
    wasAway: () => false,
    now: Date.now,
    release: async () => undefined,
  }
  const listener = createNodeHandler({
    options,
    authenticate: null,
    guard: unused as never,
    startIds: unused as never,
    answers: createAnswerRoom(),
    bodies: createBodyRoom(options.maxBodyBytes),
    noteForwarded: () => undefined,
    tickets: unused as never,
    observed: unused as never,
    cors: createCors([]),
    store: { ...store, read: createReadTogether(store.read) },
    retentionText: null,
    late: noLateRuns,
    live: createLive(liveRuns, unused as never),
    changes,
    freshness,
    sessions,
    sessionNames: createSessionNames(Buffer.alloc(32), gatewayNumber),
    gatewayNumber,
    membership,
    leftRequests: unused as never,
    outboxes: createOutboxes(),
    drain: createDrain(sessions),
    metrics: createMetrics(sessions, changes, freshness),
    recorder: unused as never,
    workflowRecorder: unused as never,
    runQuery: unused as never,
    handOver: unused as never,
    groups: unused as never,
    mutate: unused as never,
    uploads: unused as never,
    engine: unused as never,
    readiness: { notifyQueueUsage: unused, queue: unused },
  })
  const changed = async (runIds: string[]): Promise<void> => {
    revision += 1
    const isRead = new Promise<void>((resolve) => (noteRead = resolve))
    liveRuns.changed(runIds)
    await isRead
    // The gateway pushes in the turn in which it reads.
    await endOfTurn()
  }
  return {
    listener: (request, response) => listener(request, response),
    broadcast: (runs) => changed(Array.from({ length: runs }, (_, run) => toUuid(run))),
    unicast: (streams) => changed(streams.map(ownRunOf)),
  }
}

/** When all runs were started, in epoch milliseconds. */
const startedAt = 1_700_000_000_000

/** One literal: an object made by spreading has a slow layout, unlike a row of `pg`. */
function toRun(id: string, revision: number): Run {
  const { status, progress, message, output, error, attempt } = toState(id, revision)
  return {
    id,
    kind: 'job',
    name: 'export_users',
    owner: null,
    status,
    progress,
    message,
    output,
    error,
    attempt,
    createdAt: startedAt,
    startedAt,
    step: null,
    waitingFor: null,
    isCancelRequested: false,
    steps: null,
    revision,
  }
}

function unused(): never {
  throw new Error('There is no database and no engine here')
}
